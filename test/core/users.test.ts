import { beforeEach, describe, expect, it } from 'vitest';
import { rolling, type SessionSource } from '../../src/index.js';
import { manyTabs, open, origin, provider, type Tab } from '../support/manyTabs.js';
import { never } from '../support/promises.js';

manyTabs();

/** What a page shows of a user and of a token at the same instant, as often as it is told of a change. */
let seen: { user: string | undefined; tokenOf: string | undefined; status: string }[];
/** The tokens that calls got which were made at those instants, and the users they were made for. */
let calls: { user: string | undefined; token: string }[];

beforeEach(() => {
  seen = [];
  calls = [];
  // Nothing but the sign-in changes the token.
  provider.tokenLife = 3_600_000;
  signedIn('ada');
});

function userOf(token: string | null): string | undefined {
  return token?.split('-')[1];
}

function look({ client }: Tab): void {
  const { session, accessToken } = client.getSnapshot();
  const user = session?.user.sub;
  seen.push({ user, tokenOf: userOf(client.peekAccessToken()), status: accessToken.status });
  client.getAccessToken({ onExpired: 'throw' }).then(
    (token) => calls.push({ user, token }),
    () => {},
  );
}

/** A tab with its token in use, which looks at every change and at every event. */
async function watched(own: Partial<SessionSource> = {}): Promise<Tab> {
  const onEvent = (): void => look(tab);
  const tab = open({ policy: rolling({ idle: '1h' }), onEvent }, own);
  tab.client.subscribe(() => look(tab));
  tab.client.retainAccessToken();
  await origin.advance(300);
  return tab;
}

function signedIn(sub: string): void {
  provider.signIn(sub, origin.device.wallNow());
}

describe('another user is never visible together with the former user’s token', () => {
  it.each<[string, (tab: Tab) => Promise<unknown>]>([
    [
      'who signs in in this tab',
      async ({ client }) => {
        provider.nextPerson = 'grace';
        await client.login();
      },
    ],
    [
      'who signs in in another tab',
      async () => {
        const other = open({ policy: rolling({ idle: '1h' }) });
        await origin.advance(300);
        provider.nextPerson = 'grace';
        await other.client.login();
      },
    ],
    [
      'who is found by a new tab',
      async () => {
        signedIn('grace');
        open({ policy: rolling({ idle: '1h' }) });
      },
    ],
    [
      'who was rendered for a new tab',
      async () => {
        signedIn('grace');
        open({ policy: rolling({ idle: '1h' }), initialSession: { user: { sub: 'grace' } } });
      },
    ],
    [
      'who is found when the source is asked again',
      async ({ env }) => {
        signedIn('grace');
        await origin.advance(61_000);
        env.resume();
      },
    ],
    [
      'who answers an extension',
      async ({ client }) => {
        signedIn('grace');
        await client.extend();
      },
    ],
  ])('%s', async (_how, change) => {
    const tab = await watched();
    expect(seen.at(-1)).toEqual({ user: 'ada', tokenOf: 'ada', status: 'fresh' });
    await change(tab);
    await origin.advance(5_000);
    expect(tab.client.getSnapshot().session?.user.sub).toBe('grace');
    expect(seen.map(({ user }) => user)).toContain('grace');
    for (const { user, tokenOf } of seen) expect([user, undefined]).toContain(tokenOf);
    // A call that was made before anybody was known is for the first user.
    for (const { user = 'ada', token } of calls) expect(userOf(token)).toBe(user);
  });

  it('nor its dates and its state, while the new token is on its way', async () => {
    let hangs = false;
    const real = provider.source(origin.open());
    const tab = await watched({
      getAccessToken: (...question) => (hangs ? never() : real.getAccessToken?.(...question))!,
    });
    hangs = true;
    const other = open({ policy: rolling({ idle: '1h' }) });
    await origin.advance(300);
    const [before] = [tab.client.getSnapshot().accessToken.expiresAt];
    const shown: unknown[] = [];
    tab.client.subscribe(() => {
      const { session, accessToken } = tab.client.getSnapshot();
      if (session?.user.sub === 'grace') shown.push(accessToken.expiresAt);
    });
    await origin.advance(5_000);
    provider.nextPerson = 'grace';
    await other.client.login();
    await origin.advance(1_000);
    expect(shown.length).toBeGreaterThan(0);
    expect(shown).not.toContain(before);
    hangs = false;
    await origin.advance(60_000);
  });
});
