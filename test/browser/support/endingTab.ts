import type { Locator, Page } from 'playwright-core';
import { expect, vi } from 'vitest';

/** What a tab of the app shows. */
export interface Shown {
  status: string;
  reason: string;
  user: string;
  /** When the session ends (epoch ms); 0: no end is known. */
  endsAt: number;
  /** The answer of the API to the latest call, or the error's code; the page makes a call when it is loaded. */
  answer: string;
}

export async function readTab(page: Page): Promise<Shown> {
  const texts = await page.evaluate(() => {
    const elements = [...document.querySelectorAll<HTMLElement>('[data-testid]')];
    return Object.fromEntries(elements.map((each) => [each.dataset['testid'], each.textContent]));
  });
  const { status = '', reason = '', user = '', answer = '' } = texts;
  return { status, reason, user, answer, endsAt: Number(texts['ends-at']) };
}

/** Waits until the tab shows `shown`. Not by `expect.poll()`, which does not work in tests that run at the same time. */
async function expectShown(page: Page, shown: { [Field in keyof Shown]?: unknown }): Promise<void> {
  await vi.waitFor(async () => expect(await readTab(page)).toMatchObject(shown), patience);
}

/** That of the dialog, if one is open. */
function signInButton(page: Page): Locator {
  return page.getByRole('button', { name: /^Sign in( again)?$/ }).last();
}

/** Signs in, in a pop-up. */
export async function signIn(page: Page): Promise<void> {
  const button = signInButton(page);
  const [popup] = await Promise.all([page.waitForEvent('popup'), button.click()]);
  const closed = popup.waitForEvent('close');
  // The provider does not ask a user whom it knows.
  const chosen = popup.getByRole('button', { name: /Ada/ }).click();
  await Promise.race([chosen, closed]).catch(() => {});
  await closed;
  await expectActive(page);
}

/** The page shows the session, and its token is accepted by the API. */
export async function expectActive(page: Page): Promise<void> {
  const isActive = { status: expect.stringMatching(/active|expiring/), user: 'ada' };
  await expectShown(page, isActive);
  await page.getByRole('button', { name: 'Call the API' }).click();
  await expectShown(page, { ...isActive, answer: '200' });
}

/** The page, which was just loaded, asks for a sign-in, and its call to the API has got no token. */
export async function expectSignInRequest(page: Page): Promise<void> {
  await expectShown(page, {
    status: expect.stringMatching(/signed-out|expired/),
    answer: expect.stringMatching(/^ERR_(MISSING|EXPIRED)_SESSION$/),
  });
  await expectSignInButton(page);
}

/** The page has a button for the sign-in, which can be pressed. */
export async function expectSignInButton(page: Page): Promise<void> {
  await signInButton(page).click({ trial: true });
}

/** The session of this tab has ended by inactivity. */
export async function expectIdleEnd(page: Page): Promise<void> {
  await expectShown(page, { status: 'expired', reason: 'idle' });
}

/** The SDK has removed its user. */
export async function expectNoStoredUser(page: Page): Promise<void> {
  await vi.waitFor(async () => expect(await hasStoredUser(page)).toBe(false), patience);
}

/** Whether the SDK has a user in `localStorage`, who would be signed in again. */
export function hasStoredUser(page: Page): Promise<boolean> {
  return page.evaluate(() => Object.keys(localStorage).some((key) => key.startsWith('oidc.user:')));
}

const patience = { timeout: 15_000, interval: 50 };
