import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchChromium } from '../browser/support/chromium.ts';
import type { ServedApp } from './apps.ts';
import { centreOf, draftText, ModalsPage } from './modals/modalsPage.ts';
import { serveModals } from './modals/site.ts';

let app: ServedApp;
let browser: Browser;
let modals: ModalsPage;

beforeAll(async () => {
  [app, browser] = await Promise.all([serveModals('modals', 6_520), launchChromium()]);
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

const libraries = [
  ['Radix', 'radix'],
  ['MUI', 'mui'],
  ['React Aria', 'reactAria'],
  ['Headless UI', 'headless'],
  ['a native dialog', 'native'],
] as const;
const inputs = ['mouse', 'keyboard'] as const;
const answers = [
  { question: 'warn', button: 'Stay signed in', status: 'active', request: 'extend' },
  { question: 'warn', button: 'Sign out', status: 'signed-out', request: 'logout' },
  { question: 'expire', button: 'Sign in again', status: 'active', request: 'login' },
] as const;
const unchanged = { draft: draftText, closings: '0' };

describe.each(libraries)('above a modal of %s', (_name, library) => {
  beforeAll(async () => {
    modals = await ModalsPage.visit(browser, app.origin, library);
  });
  afterAll(() => modals?.close());
  beforeEach(() => modals.reset());

  describe.each(answers)('"$button"', ({ question, button, status, request }) => {
    it.each(inputs)('answers by %s, and the form beneath is as before', async (input) => {
      await modals.typeDraft();
      await modals.ask(question);
      await modals.press(button, input);
      await modals.isAnswered();
      expect(await modals.page.evaluate(readSession)).toMatchObject({ status, [request]: 1 });
      expect(await modals.state()).toEqual({ ...unchanged, focus: 'draft' });
      await modals.page.keyboard.press('Escape');
      await expect.poll(() => modals.state()).toMatchObject({ draft: 'closed', closings: '1' });
    });
  });

  it.each([
    ['warn', 'active'],
    ['expire', 'expired'],
  ] as const)('the Escape key answers the dialog only (%s)', async (question, status) => {
    await modals.typeDraft();
    await modals.ask(question);
    await modals.page.keyboard.press('Escape');
    await modals.isAnswered();
    expect(await modals.page.evaluate(readSession)).toMatchObject({ status });
    expect(await modals.state()).toEqual({ ...unchanged, focus: 'draft' });
  });

  it('the focus stays in the dialog, and neither keys nor presses reach the form', async () => {
    await modals.typeDraft();
    const draft = await centreOf(modals.draft);
    await modals.ask('warn');
    for (const input of ['mouse', 'touch'] as const) {
      await modals.pressAt(draft, input);
      await modals.pressAt([5, 5], input);
    }
    for (const key of ['Tab', 'Tab', 'Shift+Tab', 'x']) await modals.page.keyboard.press(key);
    // The timers with which a library takes the focus back.
    await modals.page.clock.fastForward(1_000);
    expect(await modals.state()).toEqual({ ...unchanged, focus: 'dialog' });
    expect(await modals.page.evaluate(readSession)).toMatchObject({ status: 'expiring' });
  });

  it('a tap closes only the dialog, also where the latest tap was in the form', async () => {
    await modals.ask('warn');
    const stay = await centreOf(modals.dialog.getByRole('button', { name: 'Stay signed in' }));
    await modals.pressAt(stay, 'touch');
    await modals.isAnswered();
    await modals.typeDraft();
    await modals.pressAt(stay, 'touch');
    await modals.ask('warn');
    await modals.pressAt(stay, 'touch');
    await modals.isAnswered();
    expect(await modals.state()).toMatchObject(unchanged);
  });

  it.each(inputs)('that the app opens later, it answers by %s', async (input) => {
    await modals.ask('warn');
    await modals.page.evaluate(() => window.app.openModal());
    await modals.draft.waitFor();
    await modals.dialog.getByRole('heading').waitFor();
    await modals.press('Stay signed in', input);
    await modals.isAnswered();
    await expect.poll(async () => (await modals.state()).focus).toMatch(/draft|modal/);
    await modals.draft.click();
    await modals.page.keyboard.type(draftText);
    expect(await modals.state()).toEqual({ ...unchanged, focus: 'draft' });
  });

  it('that the app closes meanwhile, it leaves the page usable', async () => {
    await modals.typeDraft();
    await modals.ask('warn');
    await modals.page.evaluate(() => window.app.closeModal());
    await modals.draft.waitFor({ state: 'detached' });
    await modals.press('Stay signed in', 'keyboard');
    await modals.isAnswered();
    // By its role: nothing hides the page from screen readers.
    await modals.page.getByRole('button', { name: 'Open' }).click();
    await modals.draft.waitFor();
  });
});

function readSession(): object {
  const { client, source } = window.session;
  return { status: client.getSnapshot().status, ...source.requestCounts };
}
