// @ts-check
import { openTab, signIn, startSite } from './site.js';

/**
 * Ten tabs with a hundred callers each, which all request a token at the instant at which the current
 * one has expired, repeatedly.
 * @param {{ tabs?: number, callers?: number, expiries?: number, alone?: boolean }} options `alone`: with the SDK, without session-clock
 */
export async function driveExpiries({
  tabs = 10,
  callers = 100,
  expiries = 20,
  alone = false,
} = {}) {
  const site = await startSite({ accessTokenTtl: 3 });
  try {
    const context = await site.profile();
    const pages = [await openTab(context, site.app)];
    await signIn(/** @type {import('playwright-core').Page} */ (pages[0]));
    while (pages.length < tabs) pages.push(await openTab(context, site.app));
    await site.demo.control('reset-counts');
    /** @type {Record<string, number>} */
    const outcomes = {};
    for (let expiry = 0; expiry < expiries; expiry++) {
      // The latest of all tabs, because one tab's write to the storage may reach the others late.
      const expiryTimes = await Promise.all(
        pages.map((page) => page.evaluate(() => window.tab.tokenExpiresAt())),
      );
      const at = Math.max(Math.max(...expiryTimes) + 50, Date.now() + 300);
      const counted = await Promise.all(
        pages.map((page) =>
          page.evaluate(
            ([instant, count, bare]) => window.tab.callAt(instant, count, bare),
            /** @type {const} */ ([at, callers, alone]),
          ),
        ),
      );
      for (const each of counted) {
        for (const [name, count] of Object.entries(each)) {
          outcomes[name] = (outcomes[name] ?? 0) + count;
        }
      }
    }
    return { outcomes, counts: site.demo.counts() };
  } finally {
    await site.stop();
  }
}
