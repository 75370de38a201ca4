import { describe, expect, it } from 'vitest';
import type { Session } from '../../src/index.js';
import { manyTabs, open, origin, tabs } from '../support/manyTabs.js';

const minute = 60_000;

manyTabs();

/** Opens a tab whose SDK keeps its user for this tab alone. */
function openAs(user: { sub: string | null }, asked: number[]): void {
  open(
    {},
    {
      getAccessToken: undefined as never,
      getSession: async (): Promise<Session | null> => {
        asked.push(origin.device.monotonic);
        return user.sub === null ? null : { user: { sub: user.sub } };
      },
    },
  );
}

describe('tabs whose SDK keeps the user for each tab alone', () => {
  it('send a bounded number of messages and requests when two have one user, and two another', async () => {
    const asked: number[] = [];
    for (const sub of ['ada', 'ada', 'grace', 'grace']) openAs({ sub }, asked);
    await origin.advance(minute);
    expect(origin.posted.length).toBeLessThan(100);
    expect(asked.length).toBeLessThan(60);
    const [messages, requests] = [origin.posted.length, asked.length];
    await origin.advance(10 * minute);
    // They have agreed to disagree.
    expect(origin.posted.length - messages).toBeLessThan(10);
    expect(asked.length - requests).toBeLessThan(10);
    const users = tabs.map(({ client }) => client.getSnapshot().session?.user.sub);
    expect(users).toEqual(['ada', 'ada', 'grace', 'grace']);
  });

  it('stay signed out when the SDK repeats that there is no session, whatever another tab publishes', async () => {
    const users = [{ sub: 'ada' as string | null }, { sub: 'ada' as string | null }];
    const asked: number[] = [];
    for (const user of users) openAs(user, asked);
    await origin.advance(1_000);
    const second = tabs[1];
    if (users[1]) users[1].sub = null;
    // The first tab, which has not received the sign-out, publishes its session again and again.
    for (let repeat = 0; repeat < 5; repeat++) {
      second?.client.refresh().catch(() => {});
      tabs[0]?.client.extend().catch(() => {});
      await origin.advance(20_000);
    }
    expect(second?.client.getSnapshot().status).toMatch(/^(expired|signed-out)$/);
  });
});
