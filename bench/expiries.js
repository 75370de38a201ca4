// @ts-check
import { openTab, signIn, startSite } from './site.js';

/**
 * Ten tabs with a hundred callers each, all at once at the instant at which their token is dead,
 * again and again.
 * @param {{ tabs?: number, callers?: number, expiries?: number, alone?: boolean }} options `alone`: over the SDK, without session-clock
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
      // Of all tabs, as what one has stored may reach another's storage late.
      const deaths = await Promise.all(
        pages.map((page) => page.evaluate(() => window.tab.deadAt())),
      );
      const at = Math.max(Math.max(...deaths) + 50, Date.now() + 300);
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
