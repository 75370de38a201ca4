import { describe, expect, it, vi } from 'vitest';
import type { SessionClientOptions } from '../../src/core/options.js';
import { createSessionClient } from '../../src/core/shell/createSessionClient.js';
import { absolute, hybrid, type Session, type SessionSource } from '../../src/index.js';
import { manyTabs, open, origin, provider, type Tab, tabs } from '../support/manyTabs.js';

const minute = 60_000;
const hour = 60 * minute;
const idle: Partial<SessionClientOptions> = { policy: hybrid({ idle: '10m' }) };
const byToken: Partial<SessionClientOptions> = { policy: absolute({ lifetime: 'access-token' }) };

manyTabs();

const status = (tab: Tab) => tab.client.getSnapshot().status;
const now = () => origin.device.wallNow();

/** Opens a tab, and waits for the answer of its source. */
async function opened(
  options: Partial<SessionClientOptions>,
  source: Partial<SessionSource> = {},
): Promise<Tab> {
  const tab = open(options, source);
  await origin.advance(1_000);
  return tab;
}

/** The page is loaded again: nothing of it is left but the storage. */
async function reload(
  tab: Tab,
  options: Partial<SessionClientOptions>,
  source: Partial<SessionSource> = {},
): Promise<Tab> {
  tab.env.close();
  tabs.splice(tabs.indexOf(tab), 1);
  return opened(options, source);
}

/** The SDK keeps its user in a storage of the browser. `clear` removes it. */
function keepsUser(session: Omit<Session, 'user'> = {}): {
  source: Partial<SessionSource>;
  signIn: (session?: Omit<Session, 'user'>) => void;
} {
  let stored: Session | null = { user: { sub: 'ada' }, ...session };
  return {
    source: {
      getSession: async () => stored,
      clear: async () => {
        await new Promise<void>((resolve) => origin.device.setTimer(50, resolve));
        stored = null;
      },
    },
    signIn: (next = {}) => {
      stored = { user: { sub: 'ada' }, ...next };
    },
  };
}

describe('a session that has ended', () => {
  it('by inactivity, stays ended when the page is loaded again hours later', async () => {
    const { source } = keepsUser();
    const tab = await opened(idle, source);
    await origin.advance(hour);
    expect(status(tab)).toBe('expired');
    expect(status(await reload(tab, idle, source))).toBe('signed-out');
  });

  it('while the browser was closed, is ended when it starts again', async () => {
    const { source } = keepsUser();
    const tab = await opened(idle, source);
    tab.env.close();
    tabs.splice(0);
    await origin.advance(hour);
    expect(status(await opened(idle, source))).toMatch(/^(signed-out|expired)$/);
  });

  it('in two tabs, is revived in neither when one is loaded again', async () => {
    const { source } = keepsUser();
    const [first, second] = [await opened(idle, source), await opened(idle, source)];
    await origin.advance(hour);
    expect([status(first), status(second)]).toEqual(['expired', 'expired']);
    expect(status(await reload(first, idle, source))).toBe('signed-out');
    await origin.advance(minute);
    expect(status(second)).toBe('expired');
  });

  it('with its access token, is not renewed by a reload or in a new tab', async () => {
    const { source } = keepsUser();
    const tab = await opened(byToken, source);
    await tab.client.getAccessToken();
    await origin.advance(2 * minute);
    expect(status(tab)).toBe('expired');
    const asked = provider.asked.token;
    expect(status(await opened(byToken, source))).toBe('signed-out');
    expect(status(await reload(tab, byToken, source))).toBe('signed-out');
    expect(provider.asked.token).toBe(asked);
  });

  it('by a sign-out, is revived in no page by an SDK that keeps the user in memory', async () => {
    const sources = [keepsUser().source, keepsUser().source, keepsUser().source];
    const [first, second, third] = (await Promise.all(
      sources.map((source) => opened(idle, source)),
    )) as [Tab, Tab, Tab];
    third.env.freeze();
    void first.client.logout();
    await origin.advance(1_000);
    third.env.thaw();
    await origin.advance(1_000);
    expect([first, second, third].map(status)).toEqual(['signed-out', 'signed-out', 'signed-out']);
    // The provider component of each page is mounted again: a new client, with the SDK of the page.
    for (const { client } of tabs) client.stop();
    await origin.advance(100);
    const again = await Promise.all(sources.map((source) => opened(idle, source)));
    await origin.advance(minute);
    expect(again.map(status)).toEqual(['signed-out', 'signed-out', 'signed-out']);
  });

  it('is stored once by a page that is left before its source could be cleared', async () => {
    const clear = () => Promise.reject(new TypeError('denied'));
    const [first, second] = [
      await opened({}, { clear }),
      await opened({}, { clear: async () => {} }),
    ];
    await second.client.logout();
    await origin.advance(2_000);
    expect(status(first)).toBe('signed-out');
    const writes = vi.spyOn(origin.storage, 'set');
    first.env.freeze();
    expect(writes.mock.calls.length).toBeLessThan(3);
    first.env.close();
  });

  it('by a sign-out, is not revived when the provider component is mounted again in an older page', async () => {
    const [here, there] = [keepsUser(), keepsUser()];
    const first = await opened(idle, here.source);
    const second = await opened(idle, there.source);
    first.client.stop();
    await origin.advance(1_000);
    void second.client.logout();
    await origin.advance(minute);
    // The same page: its SDK still has the user in memory.
    const source = { ...provider.source(first.env), ...here.source };
    const again = createSessionClient({ source, ...idle }, first.env);
    tabs.push({ ...first, client: again });
    again.start();
    await origin.advance(minute);
    expect([again, second.client].map((client) => client.getSnapshot().status)).toEqual([
      'signed-out',
      'signed-out',
    ]);
  });

  it('is not revived by a page that the server renders, when the session states its beginning', async () => {
    const startedAt = now();
    const { source } = keepsUser({ startedAt });
    const tab = await opened(idle, source);
    await origin.advance(hour);
    const initialSession = { user: { sub: 'ada' }, startedAt };
    const next = await reload(tab, { ...idle, initialSession }, source);
    expect(status(next)).toBe('expired');
  });
});

describe('a new sign-in after the end', () => {
  it('counts, when the session states a later beginning', async () => {
    const sdk = keepsUser({ startedAt: now() });
    const tab = await opened(idle, sdk.source);
    await origin.advance(hour);
    sdk.signIn({ startedAt: now() });
    const next = await reload(tab, idle, sdk.source);
    expect(status(next)).toBe('active');
  });

  it('counts, when the server has rendered it and it states no beginning', async () => {
    const { source } = keepsUser();
    const tab = await opened(idle, { ...source, clear: undefined as never });
    await origin.advance(hour);
    const next = await reload(tab, { ...idle, initialSession: { user: { sub: 'ada' } } }, source);
    expect(status(next)).toBe('active');
  });

  it('by redirect counts, even if the provider did not ask the user and states the former authentication', async () => {
    const authenticatedAt = now();
    const sdk = keepsUser({ authenticatedAt });
    const leaves: Partial<SessionSource> = {
      ...sdk.source,
      clear: undefined as never,
      login: () => new Promise<never>(() => {}),
    };
    const tab = await opened(idle, leaves);
    await origin.advance(hour);
    expect(status(tab)).toBe('expired');
    void tab.client.login();
    await origin.advance(minute);
    sdk.signIn({ authenticatedAt });
    const next = await reload(tab, idle, leaves);
    expect(status(next)).toBe('active');
    // A later end is an end again.
    await origin.advance(hour);
    expect(status(next)).toBe('expired');
    expect(status(await reload(next, idle, leaves))).not.toBe('active');
  });
});

describe('a session that lives', () => {
  it('continues its lifetime when the page is loaded again', async () => {
    const { source } = keepsUser();
    const day: Partial<SessionClientOptions> = { policy: absolute({ lifetime: '8h' }) };
    const tab = await opened(day, source);
    await origin.advance(5 * hour);
    const next = await reload(tab, day, source);
    expect(status(next)).toBe('active');
    await origin.advance(2 * hour);
    expect(status(next)).toBe('active');
    await origin.advance(hour + minute);
    expect(status(next)).toBe('expired');
  });

  it('is not younger when the clock was set back while no page was open', async () => {
    const options = { policy: absolute({ lifetime: '8h' }) };
    const { source } = keepsUser();
    let tab = await opened(options, source);
    await origin.advance(7 * hour);
    tab.env.unload();
    origin.device.wall -= 6 * hour;
    tab = await reload(tab, options, source);
    await origin.advance(hour - 5_000);
    expect(status(tab)).toBe('expiring');
    await origin.advance(10_000);
    expect(status(tab)).toBe('expired');
  });

  it.each([1, 2])('ends in time in each of %i tabs when the clock is set back', async (count) => {
    const { source } = keepsUser();
    const opens = Array.from({ length: count }, () => opened(idle, source));
    await Promise.all(opens);
    await origin.advance(4 * minute);
    origin.device.wall -= hour;
    // A page reads the storage when it comes into view.
    for (let passed = 4; passed < 9; passed++) {
      await origin.advance(minute);
      for (const { env } of tabs) env.resume();
    }
    expect(tabs.map(status)).toEqual(tabs.map(() => 'expiring'));
    await origin.advance(minute + 10_000);
    expect(tabs.map(status)).toEqual(tabs.map(() => 'expired'));
  });

  it('continues its idle time when the page is loaded again', async () => {
    const { source } = keepsUser();
    const tab = await opened(idle, source);
    await origin.advance(5 * minute);
    const next = await reload(tab, idle, source);
    await origin.advance(6 * minute);
    expect(status(next)).toBe('expired');
  });

  it.each([
    ['is no JSON', () => '{'],
    ['has no wall clock', (stored: object) => JSON.stringify({ ...stored, wall: undefined })],
    ['has an invalid clock', (stored: object) => JSON.stringify({ ...stored, drift: 'late' })],
    ['has an invalid stamp', (stored: object) => JSON.stringify({ ...stored, cleared: {} })],
    ['has no sign-in', (stored: object) => JSON.stringify({ ...stored, signIn: null })],
  ])('lives, and ends in time, when the stored entry %s', async (_name, damage) => {
    const { source } = keepsUser();
    const tab = await opened(idle, source);
    for (const [key, text] of origin.storage) {
      if (text.startsWith('{')) origin.storage.set(key, damage(JSON.parse(text)));
    }
    const next = await reload(tab, idle, source);
    expect(status(next)).toBe('active');
    expect(next.client.getSnapshot().deadline?.at).toBeGreaterThan(now());
    await origin.advance(11 * minute);
    expect(status(next)).toBe('expired');
  });

  it('lives also where the storage is blocked', async () => {
    origin.blocksStorage = true;
    const { source } = keepsUser();
    const tab = await opened(idle, source);
    expect(status(await reload(tab, idle, source))).toBe('active');
  });
});
