import { afterAll, beforeAll, describe, type ExpectStatic, it } from 'vitest';
import { AppTab } from './support/appTab.ts';
import { type SignedInTabs, type SlowCase, startSlowRefresh } from './support/signedInTabs.ts';
import { type SignInSite, startSignInSite } from './support/signInSite.ts';
import { expectNoUserData } from './support/storageSearch.ts';

/**
 * Real tabs of an app that uses oidc-client-ts. A refresh of Ada's token is under way, and the SDK will
 * store the answer, whatever happens meanwhile.
 */

type Display = 'popup' | 'redirect';
type Where = 'in the same tab' | 'in another tab';

const isFull = process.env['FULL_MATRIX'] !== undefined;

/** Every combination, or with `FULL_MATRIX` unset those that `isChosen`. */
function cases(isChosen: (given: SlowCase) => boolean): SlowCase[] {
  const all = (['local', 'session'] as const).flatMap((store) =>
    [1, 2, 4].flatMap((tabs) => [
      // The answer arrives while the sign-in or sign-out waits for it.
      { store, tabs, delay: 2_000, timeout: '10s' } as const,
      // Later than a click can wait.
      { store, tabs, delay: 5_000, timeout: '10s' } as const,
      // Later than the time limit of the request.
      { store, tabs, delay: 5_000, timeout: '1s' } as const,
    ]),
  );
  return all.filter((given) => isFull || isChosen(given));
}

const title = '$tabs tabs, $store storage, an answer after $delay ms with a limit of $timeout';

let site: SignInSite;
beforeAll(async () => {
  site = await startSignInSite();
});
afterAll(() => site.stop());

async function drive(given: SlowCase, act: (tabs: SignedInTabs) => Promise<void>): Promise<void> {
  const tabs = await startSlowRefresh(site, given);
  try {
    await act(tabs);
    await expectNoUserData(tabs.context.pages(), site.app);
  } finally {
    await tabs.context.close();
  }
}

describe.concurrent.each([
  ['in a pop-up', { display: 'popup' }],
  ['by a redirect', { display: 'redirect' }],
  ['in this browser only', { scope: 'here' }],
] as const)('a sign-out %s during a refresh', (how, request) => {
  const isChosen = ({ store, tabs, delay, timeout }: SlowCase) =>
    tabs === 2
      ? delay === 2_000 && (store === 'local') === (how === 'by a redirect')
      : tabs === 1 && timeout === '1s' && store === 'local' && how === 'in a pop-up';

  it.for(cases(isChosen))(`stays: ${title}`, async (given, { expect }) => {
    await drive(given, async ({ context, other, all }) => {
      await other.signOut(request);
      for (const tab of all) {
        await tab.isQuiet();
        await tab.isSignedOut();
      }
      await Promise.all(all.map((tab) => tab.reload()));
      for (const tab of [...all, await AppTab.open(context, site.app)]) {
        await tab.isSignedOut();
        const statuses = (await tab.history()).map(({ status }) => status);
        expect(statuses).not.toContain('active');
      }
    });
  });
});

/** Checks that the page has never shown, or given to a call, one user's token together with the other user. */
async function hasNotMixed(tab: AppTab, expect: ExpectStatic): Promise<void> {
  for (const { user, tokenOf } of await tab.history()) expect([user, undefined]).toContain(tokenOf);
  for (const { user, answer } of await tab.calls()) {
    if (user === 'grace') expect(answer).not.toBe('ada');
    if (user === 'ada') expect(answer).not.toBe('grace');
  }
}

/** Checks a page that was loaded after the sign-in: it shows Grace from the start, and all its calls are hers. */
async function isOnlyGraces(tab: AppTab, expect: ExpectStatic): Promise<void> {
  await tab.isSignedInAs('grace');
  await hasNotMixed(tab, expect);
  expect((await tab.history()).map(({ user }) => user)).not.toContain('ada');
  expect(new Set((await tab.calls()).map(({ answer }) => answer))).toEqual(new Set(['grace']));
}

describe.concurrent.each<[Display, Where]>([
  ['popup', 'in the same tab'],
  ['popup', 'in another tab'],
  ['redirect', 'in the same tab'],
  ['redirect', 'in another tab'],
])('the sign-in of another user by %s %s during a refresh', (display, where) => {
  const isElsewhere = where === 'in another tab';
  const isChosen = ({ store, tabs, delay, timeout }: SlowCase) =>
    tabs === (isElsewhere ? 2 : 1) &&
    store === (isElsewhere ? 'local' : 'session') &&
    timeout === '10s' &&
    delay === (display === 'popup' ? 5_000 : 2_000);
  const given = cases(isChosen).filter(({ tabs }) => tabs > (isElsewhere ? 1 : 0));

  it.for(given)(`stays: ${title}`, async (given, { expect }) => {
    await drive(given, async ({ context, first, other, all }) => {
      const tab = isElsewhere ? other : first;
      const sent = recordApiUsers(tab);
      await tab.forgetProviderSession();
      if (display === 'popup') await tab.signInByPopup('Grace');
      else {
        sent.length = 0;
        await tab.signInByRedirect('Grace');
        await isOnlyGraces(tab, expect);
        expect(new Set(sent)).toEqual(new Set(['grace']));
      }
      await Promise.all(all.map((each) => each.isQuiet()));
      await tab.storesUser('grace');
      // In the SDK's default store, each tab has a user of its own.
      const shared = given.store === 'local' ? all : [tab];
      for (const each of shared) {
        await each.isSignedInAs('grace');
        expect(await each.tokenUser()).toBe('grace');
        expect(await each.tokenUser({ forceRefresh: true })).toBe('grace');
      }
      for (const each of all) await hasNotMixed(each, expect);
      await tab.storesUser('grace');
      for (const each of shared) await each.reload();
      for (const each of shared) await isOnlyGraces(each, expect);
      if (given.store === 'local') await isOnlyGraces(await AppTab.open(context, site.app), expect);
    });
  });
});

/** The users of the tokens that the tab sends to the API. */
function recordApiUsers({ page }: AppTab): string[] {
  const users: string[] = [];
  page.on('request', (request) => {
    const [, claims] = request.headers()['authorization']?.split('.') ?? [];
    if (claims) users.push((JSON.parse(atob(claims)) as { sub: string }).sub);
  });
  return users;
}

describe.concurrent('a step-up during a refresh', () => {
  const isChosen = ({ tabs, delay, timeout }: SlowCase) =>
    tabs === 2 && delay === 5_000 && timeout === '10s';
  // An SDK whose answer is later than the time limit has only the former authentication.
  const inTime = cases(isChosen).filter(({ timeout }) => timeout !== '1s');

  it.for(inTime)(`is kept: ${title}`, async (given, { expect }) => {
    await drive(given, async ({ other, all }) => {
      const before = (await authenticatedAt(other)).session as number;
      // The provider states whole seconds.
      await other.page.waitForFunction((at) => Date.now() >= at + 1_000, before);
      await other.signInByPopup('Ada', { prompt: 'login' });
      await Promise.all(all.map((tab) => tab.isQuiet()));
      await other.isSignedInAs('ada');
      const after = await authenticatedAt(other);
      expect(after.session).toBeGreaterThan(before);
      expect(after.stored).toBe(after.session);
      expect(await other.tokenUser({ forceRefresh: true })).toBe('ada');
      await other.reload();
      await other.isSignedInAs('ada');
      expect((await authenticatedAt(other)).session).toBe(after.session);
    });
  });
});

/** The date of the authentication (epoch ms), as the page shows it and as the SDK has stored it. */
function authenticatedAt({
  page,
}: AppTab): Promise<{ session: number | undefined; stored: number }> {
  return page.evaluate(async () => {
    const [, claims = ''] = (await window.tested.stored())?.id_token?.split('.') ?? [];
    const { auth_time } = JSON.parse(atob(claims) || '{}') as { auth_time: number };
    return {
      session: window.tested.client.getSnapshot().session?.authenticatedAt,
      stored: auth_time * 1_000,
    };
  });
}
