import type { Page } from 'playwright-core';

// Readers of the example app's pages.

export const session = (page: Page): Promise<string> =>
  page.getByRole('article', { name: 'Session' }).innerText();
export const token = (page: Page): Promise<string> =>
  page.getByRole('article', { name: 'Access token' }).innerText();
export const connection = (page: Page): Promise<string> =>
  page.getByLabel('Connection').innerText();

/** For `expect.poll`: longer than the lifetime of an access token. */
export const longPoll = { timeout: 30_000, interval: 200 };

/** Resolves with the time at which a dialog opens (epoch ms), measured in the page: polling from outside is slow. */
export function dialogOpenTime(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const observer = new MutationObserver(check);
        observer.observe(document, { subtree: true, childList: true, attributes: true });
        check();
        function check(): void {
          if (!document.querySelector('dialog[open]')) return;
          observer.disconnect();
          resolve(Date.now());
        }
      }),
  );
}
