import fc from 'fast-check';
import { it } from 'vitest';
import { createSessionClient } from '../../src/core/shell/createSessionClient.js';
import { hybrid, SessionError, type SessionEvent } from '../../src/index.js';
import { FakeOrigin, type FakeTab } from '../support/fakeOrigin.js';
import { RotatingProvider } from '../support/rotatingProvider.js';
import { expectEqualReplay, type Recorded, record } from './replayComparison.js';

type Tab = Recorded & { readonly env: FakeTab };

interface Page {
  readonly origin: FakeOrigin;
  readonly provider: RotatingProvider;
  readonly tabs: Tab[];
}

const outage = new SessionError('ERR_SERVER', 'It answered with HTTP 503.', { retryAfter: 5_000 });

/** What may happen in a tab, or to all of them. */
const steps: Readonly<Record<string, (page: Page, tab: Tab) => unknown>> = {
  open: (page) => page.tabs.length < 4 && page.tabs.push(open(page)),
  retain: (_, { client }) => client.retainAccessToken({ audience: 'api' }),
  call: (_, { client }) => client.getAccessToken(),
  force: (_, { client }) => client.getAccessToken({ forceRefresh: true, onExpired: 'throw' }),
  extend: (_, { client }) => client.extend(),
  login: ({ provider, origin }, { client }) => {
    provider.signIn(origin.device.random() < 0.5 ? 'ada' : 'grace', origin.device.wallNow());
    return client.login();
  },
  logout: (_, { client }) => client.logout(),
  revoke: (_, { client }) => client.notifyRevoked(),
  touch: (_, { env }) => env.simulateActivity(),
  freeze: (_, { env }) => env.freeze(),
  thaw: (_, { env }) => env.frozen && env.thaw(),
  offline: (_, { env }) => Object.assign(env, { online: !env.online }).resume(),
  sleep: ({ origin }) => origin.device.sleep(900_000),
  'set the clock back': ({ origin }) => origin.device.sleep(-300_000),
  'provider fails': ({ provider }) => Object.assign(provider, { outage }),
  'provider recovers': ({ provider }) => Object.assign(provider, { outage: null }),
  'provider ends it': ({ provider }) => Object.assign(provider, { store: null }),
};

function open({ origin, provider }: Page): Tab {
  const env = origin.open();
  const events: SessionEvent[] = [];
  const source = { ...provider.source(env), login: async () => {} };
  const policy = hybrid({ idle: '10m' });
  const client = createSessionClient({ source, policy, onEvent: (e) => events.push(e) }, env);
  const tab = { ...record({ client, events }), env };
  client.start();
  client.addLoginPrompt();
  return tab;
}

async function play(names: readonly (readonly [string, number])[], seed: number): Promise<void> {
  let state = seed;
  const random = (): number => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
  const origin = new FakeOrigin(random);
  const page: Page = { origin, provider: new RotatingProvider(), tabs: [] };
  page.provider.signIn('ada', origin.device.wallNow());
  page.tabs.push(open(page), open(page));
  for (const [name, ms] of names) {
    const tab = page.tabs[ms % page.tabs.length] as Tab;
    Promise.resolve(steps[name]?.(page, tab)).catch(() => {});
    await origin.advance(ms);
    for (const each of page.tabs) expectEqualReplay(each);
  }
  for (const { client } of page.tabs) client.stop();
  await origin.advance(60_000);
}

it('replays any sequence of inputs as it was in each tab', async () => {
  const step = fc.tuple(fc.constantFrom(...Object.keys(steps)), fc.nat(40_000));
  const property = fc.asyncProperty(
    fc.array(step, { minLength: 5, maxLength: 40 }),
    fc.integer({ min: 1, max: 2 ** 30 }),
    play,
  );
  await fc.assert(property, { numRuns: Number(process.env['RUNS'] ?? 15) });
}, 600_000);
