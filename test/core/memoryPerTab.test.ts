import { beforeEach, describe, expect, it } from 'vitest';
import { createSessionClient } from '../../src/core/shell/createSessionClient.js';
import { absolute, hybrid, type Policy, rolling, type SessionEvent } from '../../src/index.js';
import { manyTabs, origin, type Tab, tabs } from '../support/manyTabs.js';
import { type Learning, MemoryProvider } from '../support/memoryProvider.js';
import { watch } from '../support/promises.js';

const minute = 60_000;

manyTabs();

let memory: MemoryProvider;
beforeEach(() => {
  memory = new MemoryProvider();
});

const policies: [string, Policy][] = [
  ['absolute', absolute({ lifetime: '8h' })],
  ['rolling', rolling({ idle: '1h' })],
  ['hybrid', hybrid({ idle: '1h' })],
];
const learnings: Learning[] = ['never', 'later', 'silently'];
const refusals = ['ERR_MISSING_SESSION', 'ERR_LOGIN_REQUIRED'] as const;

/** Every policy, and every SDK that differs while the provider works. */
const cases = policies.flatMap(([name, policy]) =>
  learnings.flatMap((learning) =>
    (learning === 'never' ? refusals : refusals.slice(1)).map((refusal) => ({
      name,
      policy,
      learning,
      refusal,
    })),
  ),
);
type Case = Omit<(typeof cases)[number], 'name'>;
const title = 'under $name, if another tab’s SDK learns of a sign-in $learning ($refusal)';

function open(policy: Policy, usesToken = true): Tab {
  const env = origin.open();
  memory.tabs.push(env);
  const events: SessionEvent[] = [];
  const onEvent = (event: SessionEvent): void => void events.push(event);
  const client = createSessionClient({ source: memory.source(env), policy, onEvent }, env);
  client.start();
  if (usesToken) client.retainAccessToken();
  const tab = { env, client, events };
  tabs.push(tab);
  return tab;
}

const statuses = (): string[] => tabs.map(({ client }) => client.getSnapshot().status);
const ends = (): unknown[] =>
  tabs.flatMap(({ events }) => events.filter(({ type }) => type === 'session-ended'));
const tokenOf = ({ client }: Tab): string | null => client.peekAccessToken();

/** Opens three tabs that use their token, while no user is signed in, and signs in in the first one. */
async function signedIn(
  { policy, learning, refusal }: Case,
  firstUsesToken = true,
): Promise<[Tab, Tab, Tab]> {
  Object.assign(memory, { learning, refusal });
  const opened = [firstUsesToken, true, true].map((uses) => open(policy, uses)) as [Tab, Tab, Tab];
  await origin.advance(1_000);
  expect(statuses()).toEqual(['signed-out', 'signed-out', 'signed-out']);
  await opened[0].client.login();
  return opened;
}

/** Lets `ms` pass while the user is active, and checks at each second that all tabs stay signed in. */
async function remainsActive(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 1_000) {
    tabs[0]?.env.simulateActivity();
    await origin.advance(1_000);
    expect(statuses()).toEqual(tabs.map(() => 'active'));
  }
  expect(ends()).toEqual([]);
}

describe.each(cases)(title, (given) => {
  it('another tab gets a token at once after the sign-in, and every tab keeps one', async () => {
    const [, second, third] = await signedIn(given);
    // The message arrives.
    await origin.advance(1);
    const first = watch(second.client.getAccessToken());
    const forced = watch(third.client.getAccessToken({ forceRefresh: true }));
    await origin.advance(1_000);
    expect(first.outcome).toMatch(/^secret-ada/);
    // An SDK that cannot refresh says so, or its tab gets the token of another tab's refresh.
    expect(forced.outcome).not.toBe('ERR_EXPIRED_SESSION');
    expect(statuses()).toEqual(['active', 'active', 'active']);
    for (let token = 0; token < 12; token++) {
      await remainsActive(memory.tokenLifetime);
      for (const tab of tabs) expect(tokenOf(tab)).toMatch(/^secret-ada/);
    }
    // One refresh is enough for all tabs.
    expect(memory.refreshes).toBeLessThan(30);
  });

  it('nothing ends in an outage of ten seconds while the token expires, and all recover', async () => {
    await signedIn(given);
    await remainsActive(memory.tokenLifetime / 2);
    for (let outage = 0; outage < 3; outage++) {
      memory.isDown = true;
      await remainsActive(10_000);
      memory.isDown = false;
      await remainsActive(minute);
      for (const tab of tabs) expect(tokenOf(tab)).toMatch(/^secret-ada/);
    }
  });

  it('a tab that refreshes alone during the outage ends nothing, and gets a token afterwards', async () => {
    const [, second] = await signedIn(given);
    await remainsActive(2_000);
    memory.isDown = true;
    for (let call = 0; call < 10; call++) {
      second.client.refresh().catch(() => {});
      await remainsActive(1_000);
    }
    memory.isDown = false;
    await remainsActive(minute);
    expect(tokenOf(second)).toMatch(/^secret-ada/);
  });

  it('a sign-out in any tab ends all of them', async () => {
    const [, second] = await signedIn(given);
    await remainsActive(2_000);
    await second.client.logout();
    await origin.advance(1_000);
    for (const status of statuses()) expect(['signed-out', 'expired']).toContain(status);
    // No SDK has kept a user who would come back.
    open(given.policy);
    await origin.advance(minute);
    expect(statuses()).not.toContain('active');
  });
});

describe.each(cases)(title, (given) => {
  it('a tab that alone uses its token keeps the session, and gets a token when one can be had', async () => {
    const [first, second] = await signedIn(given, false);
    await remainsActive(12 * memory.tokenLifetime);
    // An SDK without a user cannot refresh, so its tab waits until the first tab uses its token.
    if (given.learning === 'never') first.client.getAccessToken().catch(() => {});
    await remainsActive(1_000);
    expect(tokenOf(second)).toMatch(/^secret-ada/);
  });
});

describe.each(policies)('under %s, if another tab can restore the session', (_name, policy) => {
  it.each<Learning>(['later', 'silently'])(
    'it continues when the tab of the sign-in is closed (%s)',
    async (learning) => {
      const [first, second] = await signedIn({ policy, learning, refusal: 'ERR_LOGIN_REQUIRED' });
      await remainsActive(2_000);
      first.client.stop();
      first.env.unload();
      tabs.splice(tabs.indexOf(first), 1);
      await remainsActive(5 * memory.tokenLifetime);
      expect(tokenOf(second)).toMatch(/^secret-ada/);
    },
  );
});
