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
