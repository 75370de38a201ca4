import type { Page } from 'playwright-core';

// What a page of the example app shows.

export const session = (page: Page): Promise<string> =>
  page.getByRole('article', { name: 'Session' }).innerText();
export const token = (page: Page): Promise<string> =>
  page.getByRole('article', { name: 'Access token' }).innerText();
export const connection = (page: Page): Promise<string> =>
  page.getByLabel('Connection').innerText();

/** For `expect.poll`: an access token lives for seconds. */
export const patient = { timeout: 30_000, interval: 200 };

/** When a page asks for a new sign-in, by its own clock: to look from outside takes a busy machine longer. */
export function whenAsked(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const observer = new MutationObserver(look);
        observer.observe(document, { subtree: true, childList: true, attributes: true });
        look();
        function look(): void {
          if (!document.querySelector('dialog[open]')) return;
          observer.disconnect();
          resolve(Date.now());
        }
      }),
  );
}
