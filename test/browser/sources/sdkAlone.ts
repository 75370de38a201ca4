import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { type Auth0Provider, startAuth0Provider } from './auth0Provider.ts';
import { type DrivenSite, startDrivenSite } from './drivenSite.ts';
import type {} from './pages/auth0-spa-calls.ts';

/** In s. The SDK renews a token a minute before its expiry: here every 3 s. */
const accessTokenTtl = 63;
const online = 20_000;
const outage = 10_000;

interface Row {
  tokensFrom: string;
  step: string;
  calls: number;
  failed: number;
  codes: string;
  grants: number;
  signedIn: string;
}

/** Drives three tabs of an app that gets a token for each call, four times a second in each tab. */
async function measure(tokensFrom: 'the SDK' | 'session-clock'): Promise<Row[]> {
  let provider: Auth0Provider | undefined;
  const site = await startDrivenSite('auth0-spa-calls', async (app) => {
    provider = await startAuth0Provider({ app, accessTokenTtl });
    const { domain, clientId, grantTimes, counts, ...server } = provider;
    const refusals = (): number => counts().refusedRefreshes;
    const settings = { domain, clientId, getTokensFrom: tokensFrom };
    return { settings, renewals: grantTimes, refusals, ...server };
  });
  const pages = await signedInTabs(site);
  const [first] = pages as [Page, ...Page[]];
  const rows: Row[] = [];
  const record = async (step: string, ms: number): Promise<void> => {
    const before = site.server.renewals().length;
    await Promise.all(pages.map((page) => page.evaluate(reset)));
    await wait(ms);
    const read = await Promise.all(pages.map((page) => page.evaluate(readTab)));
    rows.push({
      tokensFrom,
      step,
      calls: read.reduce((sum, { calls }) => sum + calls, 0),
      failed: read.reduce((sum, { failures }) => sum + failures.length, 0),
      codes: [...new Set(read.flatMap(({ failures }) => failures))].join(', '),
      grants: site.server.renewals().length - before,
      signedIn: read.map(({ isSignedIn }) => (isSignedIn ? 'yes' : 'no')).join(', '),
    });
  };
  await record('20 s', online);
  await site.server.stop();
  await record('10 s without the provider', outage);
  await site.server.start();
  await record('20 s after the outage', online);
  await first.evaluate(() => window.calling.signOut());
  await record('5 s after a sign-out in the first tab', 5_000);
  if (tokensFrom === 'session-clock') await signIn(first);
  site.server.endSessions();
  await record('10 s after the session was revoked', 10_000);
  await Promise.all(pages.map((page) => page.reload()));
  await Promise.all(pages.map(isLoaded));
  await record('after a reload', 1_000);
  await site.close();
  return rows;
}

/** The user signs in in the first tab; the others are loaded after that, and find the session by a hidden frame. */
async function signedInTabs({ browser, app }: DrivenSite): Promise<Page[]> {
  const context = await browser.newContext();
  const first = await context.newPage();
  await first.goto(app);
  await isLoaded(first);
  await signIn(first);
  const others = await Promise.all([context.newPage(), context.newPage()]);
  for (const page of others) {
    await page.goto(app);
    await isLoaded(page);
  }
  return [first, ...others];
}

async function signIn(page: Page): Promise<void> {
  const opened = page.waitForEvent('popup');
  await page.getByRole('button', { name: 'Sign in' }).click();
  const popup = await opened;
  // The provider may still know the user, and close the pop-up at once.
  await popup
    .getByRole('button', { name: /Ada/ })
    .click()
    .catch(() => {});
  await page.waitForFunction(() => window.calling.isSignedIn());
}

async function isLoaded(page: Page): Promise<void> {
  await page.waitForFunction(() => window.calling !== undefined);
}

function reset(): void {
  Object.assign(window.calling, { calls: 0, failures: [] });
}

async function readTab(): Promise<{ calls: number; failures: string[]; isSignedIn: boolean }> {
  const { calls, failures } = window.calling;
  return { calls, failures, isSignedIn: await window.calling.isSignedIn() };
}

export const rows: Row[] = [...(await measure('the SDK')), ...(await measure('session-clock'))];
