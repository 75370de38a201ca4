import { beforeEach, describe, expect, it } from 'vitest';
import { rolling, type SessionSource, type SourceEvent } from '../../src/index.js';
import { manyTabs, open, origin, provider, type Tab } from '../support/manyTabs.js';
import { Deferred, never } from '../support/promises.js';

manyTabs();

/** The user and the token that the page shows, at each change. */
let seen: { user: string | undefined; tokenOf: string | undefined; status: string }[];
/** The tokens that calls at those instants received, and the user that was shown at the call. */
let calls: { user: string | undefined; token: string }[];

beforeEach(() => {
  seen = [];
  calls = [];
  // Only a sign-in changes the token.
  provider.tokenLifetime = 3_600_000;
  signIn('ada');
});

function userOf(token: string | null): string | undefined {
  return token?.split('-')[1];
}

function record({ client }: Tab): void {
  const { session, accessToken } = client.getSnapshot();
  const user = session?.user.sub;
  seen.push({ user, tokenOf: userOf(client.peekAccessToken()), status: accessToken.status });
  client.getAccessToken({ onExpired: 'throw' }).then(
    (token) => calls.push({ user, token }),
    () => {},
  );
}

/** Opens a tab that retains its token, and records every change and every event. */
async function openRecorded(overrides: Partial<SessionSource> = {}): Promise<Tab> {
  const onEvent = (): void => record(tab);
  const tab = open({ policy: rolling({ idle: '1h' }), onEvent }, overrides);
  tab.client.subscribe(() => record(tab));
  tab.client.retainAccessToken();
  await origin.advance(300);
  return tab;
}

function signIn(sub: string): void {
  provider.signIn(sub, origin.device.wallNow());
}

describe('the former user’s token is never visible together with another user', () => {
  it.each<[string, (tab: Tab) => Promise<unknown>]>([
    [
      'who signs in in this tab',
      async ({ client }) => {
        provider.nextUser = 'grace';
        await client.login();
      },
    ],
    [
      'who signs in in another tab',
      async () => {
        const other = open({ policy: rolling({ idle: '1h' }) });
        await origin.advance(300);
        provider.nextUser = 'grace';
        await other.client.login();
      },
    ],
    [
      'whom the source of a new tab returns',
      async () => {
        signIn('grace');
        open({ policy: rolling({ idle: '1h' }) });
      },
    ],
    [
      'whom the server has rendered for a new tab',
      async () => {
        signIn('grace');
        open({ policy: rolling({ idle: '1h' }), initialSession: { user: { sub: 'grace' } } });
      },
    ],
    [
      'whom the source returns at a later check',
      async ({ env }) => {
        signIn('grace');
        await origin.advance(61_000);
        env.resume();
      },
    ],
    [
      'whom an extension returns',
      async ({ client }) => {
        signIn('grace');
        await client.extend();
      },
    ],
  ])('%s', async (_how, change) => {
    const tab = await openRecorded();
    expect(seen.at(-1)).toEqual({ user: 'ada', tokenOf: 'ada', status: 'fresh' });
    await change(tab);
    await origin.advance(5_000);
    expect(tab.client.getSnapshot().session?.user.sub).toBe('grace');
    expect(seen.map(({ user }) => user)).toContain('grace');
    for (const { user, tokenOf } of seen) expect([user, undefined]).toContain(tokenOf);
    // A call that was made before the user was known is for the first user.
    for (const { user = 'ada', token } of calls) expect(userOf(token)).toBe(user);
  });
});

describe('the dates of the former user’s token', () => {
  it('are not visible while the token of the new user is being fetched', async () => {
    let hangs = false;
    const real = provider.source(origin.open());
    const tab = await openRecorded({
      getAccessToken: (...args) => (hangs ? never() : real.getAccessToken?.(...args))!,
    });
    hangs = true;
    const other = open({ policy: rolling({ idle: '1h' }) });
    await origin.advance(300);
    const { expiresAt: before } = tab.client.getSnapshot().accessToken;
    const shown: unknown[] = [];
    tab.client.subscribe(() => {
      const { session, accessToken } = tab.client.getSnapshot();
      if (session?.user.sub === 'grace') shown.push(accessToken.expiresAt);
    });
    await origin.advance(5_000);
    provider.nextUser = 'grace';
    await other.client.login();
    await origin.advance(1_000);
    expect(shown.length).toBeGreaterThan(0);
    expect(shown).not.toContain(before);
    hangs = false;
    await origin.advance(60_000);
  });
});

describe('a token that was requested for the former user', () => {
  it('is not used when it arrives after another user has signed in, even if it states no user', async () => {
    const forAda = new Deferred();
    let report!: (event: SourceEvent) => void;
    const { client } = open(
      { policy: rolling({ idle: '1h' }) },
      {
        getAccessToken: async (_request, { now }) => {
          const { user } = client.getSnapshot().session!;
          if (user.sub === 'ada') await forAda.promise;
          return { value: `secret-${user.sub}`, expiresAt: now() + 3_600_000 };
        },
        subscribe: (onEvent) => {
          report = onEvent;
          return () => {};
        },
      },
    );
    client.retainAccessToken();
    await origin.advance(1_000);
    signIn('grace');
    report({ type: 'session', session: { user: { sub: 'grace' } } });
    forAda.resolve();
    await origin.advance(1_000);
    expect(client.getSnapshot().session?.user.sub).toBe('grace');
    expect(await client.getAccessToken()).toBe('secret-grace');
  });
});
