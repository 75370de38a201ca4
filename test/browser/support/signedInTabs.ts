import type { BrowserContext } from 'playwright-core';
import { AppTab } from './appTab.ts';
import type { Settings } from './signInPage/settings.ts';
import type { SignInSite } from './signInSite.ts';
import { SlowRefreshes } from './slowRefreshes.ts';

export interface SlowCase extends Pick<Settings, 'store' | 'timeout'> {
  readonly tabs: number;
  /** How much longer the answer to a refresh takes (ms). */
  readonly delay: number;
}

export interface SignedInTabs {
  readonly context: BrowserContext;
  /** The tab in which Ada has signed in, and whose SDK is refreshing her token. */
  readonly first: AppTab;
  /** Another tab, if there is one. */
  readonly other: AppTab;
  readonly all: readonly AppTab[];
}

/** Opens tabs, signs Ada in in the first one, and starts a refresh there. */
export async function startSlowRefresh(site: SignInSite, given: SlowCase): Promise<SignedInTabs> {
  const { store, timeout, tabs, delay } = given;
  const context = await site.profile({ store, timeout });
  const all = await Promise.all(Array.from({ length: tabs }, () => AppTab.open(context, site.app)));
  const [first, other = first] = all as [AppTab, ...AppTab[]];
  await first.signInByPopup('Ada');
  await Promise.all(all.map((tab) => tab.isSignedInAs('ada')));
  const slow = await SlowRefreshes.start(context, site.demo.issuer, delay);
  await first.startRefresh();
  await slow.isUnderWay();
  return { context, first, other, all };
}
