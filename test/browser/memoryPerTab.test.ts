import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppTab } from './support/appTab.ts';
import { type SignInSite, startSignInSite } from './support/signInSite.ts';
import { expectNoUserData } from './support/storageSearch.ts';
import { until } from './support/until.ts';

/** The lifetime of an access token (s): short, so that twelve of them fit into a test. */
const accessTokenTtl = 3;
const outage = 10_000;

const isFull = process.env['FULL_MATRIX'] !== undefined;

let site: SignInSite;
beforeAll(async () => {
  site = await startSignInSite(accessTokenTtl);
});
afterAll(() => site.stop());

/** Three tabs, each with an SDK that keeps its user in memory; Ada has signed in in the first one. */
async function signedInTabs(settings: Parameters<SignInSite['profile']>[0]): Promise<AppTab[]> {
  const context = await site.profile({ store: 'memory', ...settings });
  const tabs = [
    await AppTab.open(context, site.app),
    await AppTab.open(context, site.app),
    await AppTab.open(context, site.app),
  ];
  await tabs[0]?.signInByPopup('Ada');
  for (const tab of tabs) await tab.isSignedInAs('ada');
  return tabs;
}

const refreshes = async (): Promise<number> => site.demo.counts().refreshes;

describe.each(
  (['hybrid', 'rolling', 'absolute'] as const)
    .flatMap((policy) => [true, false].map((restoreSession) => ({ policy, restoreSession })))
    .filter(({ policy, restoreSession }) => isFull || (policy === 'hybrid' && !restoreSession)),
)(
  'three tabs with the user in memory (policy $policy, silent sign-in: $restoreSession)',
  (settings) => {
    it('stay signed in during twelve refreshes and an outage of the provider', async () => {
      const tabs = await signedInTabs(settings);
      await site.demo.control('reset-counts');
      await until(refreshes, (count) => count >= 4);
      await site.demo.control('provider/stop');
      await tabs[1]?.page.waitForTimeout(outage);
      await site.demo.control('provider/start');
      await until(refreshes, (count) => count >= 12, 60_000);
      for (const tab of tabs) {
        await tab.isSignedInAs('ada');
        expect(await tab.tokenUser()).toBe('ada');
        const statuses = (await tab.history()).map(({ status }) => status);
        expect(statuses.slice(statuses.indexOf('active'))).toEqual(
          statuses.slice(statuses.indexOf('active')).map(() => 'active'),
        );
        const events = await tab.page.evaluate(() => window.tested.events.map(({ type }) => type));
        expect(events).not.toContain('session-ended');
      }
      expect(site.demo.counts().reusedRefreshTokens).toBe(0);
      const context = tabs[0]?.page.context();
      await expectNoUserData(context?.pages() ?? [], site.app);
      await context?.close();
    });
  },
);
