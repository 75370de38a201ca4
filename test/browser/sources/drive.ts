import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DrivenServer, type DrivenSite, startDrivenSite } from './drivenSite.ts';
import { DrivenTab } from './drivenTab.ts';

/** A source in a real browser. */
export interface DrivenSource {
  /** The file in `pages`, without its ending. */
  readonly page: string;
  startServer(app: string): Promise<DrivenServer>;
  /** What the user does at the sign-in page, in a pop-up or in the tab. */
  completeSignIn(page: Page): Promise<void>;
  /** The lifetime of an access token (ms). Absent: the source has no tokens, and the test extends the session. */
  readonly tokenLifetime?: number;
}

const outage = 10_000;
const renewals = 12;

/** Drives three tabs of an app with this source. */
export function driveSource(source: DrivenSource): void {
  let site: DrivenSite;
  beforeAll(async () => {
    site = await startDrivenSite(source.page, source.startServer);
  });
  afterAll(() => site.close());

  async function signedInTabs(display: 'popup' | 'redirect'): Promise<DrivenTab[]> {
    const context = await site.browser.newContext();
    context.setDefaultTimeout(15_000);
    const tabs = await Promise.all([1, 2, 3].map(() => DrivenTab.open(context, site.app)));
    const [first] = tabs as [DrivenTab];
    const popup = display === 'popup' && first.page.waitForEvent('popup');
    await first.signIn(display);
    await source.completeSignIn(popup ? await popup : first.page);
    for (const tab of tabs) await tab.shows('active');
    return tabs;
  }

  async function close([tab]: DrivenTab[]): Promise<void> {
    await tab?.page.context().close();
  }

  /** Waits for `count` more renewals, or makes them. Returns when they were. */
  async function renew(tabs: readonly DrivenTab[], count: number): Promise<readonly number[]> {
    const before = site.server.renewals().length;
    if (source.tokenLifetime === undefined) {
      for (let index = 0; index < count; index++) {
        await tabs[index % tabs.length]?.page.evaluate(() => window.driven.client.extend());
      }
    }
    const made = (): number => site.server.renewals().length - before;
    await expect.poll(made, { timeout: 60_000 }).toBeGreaterThanOrEqual(count);
    return site.server.renewals().slice(before);
  }

  describe(`three tabs with ${source.page}`, () => {
    it('stay signed in during twelve renewals, with one request each, and an outage', async () => {
      const tabs = await signedInTabs('popup');
      const before = await renew(tabs, renewals / 2);
      await site.server.stop();
      await wait(outage);
      for (const tab of tabs) await tab.shows('active');
      await site.server.start();
      const after = await renew(tabs, renewals / 2);
      for (const tab of tabs) {
        expect(await tab.statuses()).toEqual(['loading', 'signed-out', 'active']);
        await tab.usesToken();
        if (source.tokenLifetime) expect(await tab.tokenCount()).toBeGreaterThanOrEqual(renewals);
      }
      expect(site.server.refusals()).toBe(0);
      const { tokenLifetime } = source;
      if (tokenLifetime === undefined) expect(before.length + after.length).toBe(renewals);
      else expect(meanGap([before, after])).toBeGreaterThan(tokenLifetime / 3);
      await close(tabs);
    });

    it('notice a revoked session, also after a reload', async () => {
      const tabs = await signedInTabs('popup');
      site.server.endSessions();
      for (const tab of tabs) await tab.shows('expired');
      for (const tab of tabs) {
        await tab.reload();
        await tab.shows('expired', 'signed-out');
        expect(await tab.hasUser()).toBe(false);
      }
      await close(tabs);
    });

    it('stay signed in after a reload, and are all signed out by one of them', async () => {
      const [first, second, third] = (await signedInTabs('redirect')) as [
        DrivenTab,
        DrivenTab,
        DrivenTab,
      ];
      await first.reload();
      await first.shows('active');
      await first.signOut();
      await first.shows('signed-out');
      for (const tab of [second, third]) {
        await tab.shows('signed-out', 'expired');
        await expect.poll(() => tab.hasUser()).toBe(false);
        await tab.reload();
        await tab.shows('signed-out', 'expired');
      }
      await close([first]);
    });
  });
}

/**
 * The mean time between two renewals (ms). A token is renewed once, in the second half of its lifetime, which
 * is stated in whole seconds; if each tab renewed its own, this would be a third.
 */
function meanGap(runs: readonly (readonly number[])[]): number {
  const gaps = runs.flatMap((times) => times.slice(1).map((time, at) => time - (times[at] ?? 0)));
  return gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
}
