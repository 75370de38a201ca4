import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createSessionClient } from '../../src/core/shell/createSessionClient.js';
import type { SessionClient } from '../../src/core/shell/sessionClient.js';
import { hybrid, SessionError, type SessionEvent } from '../../src/index.js';
import { FakeOrigin, type FakeTab } from '../support/fakeOrigin.js';
import { RotatingProvider } from '../support/rotatingProvider.js';

type Step =
  | { do: 'advance'; ms: number }
  | { do: 'signIn'; tab: number; user: string }
  | {
      do:
        | 'close'
        | 'freeze'
        | 'thaw'
        | 'call'
        | 'forceRefresh'
        | 'extend'
        | 'logout'
        | 'notifyRevoked'
        | 'activity'
        | 'resume';
      tab: number;
    }
  | { do: 'open' | 'openRendered' | 'outage' | 'recovery' | 'slow' | 'fast' | 'endAtProvider' };

const tab = fc.nat({ max: 7 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('advance' as const), ms: fc.nat(50_000) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'call',
        'forceRefresh',
        'extend',
        'activity',
        'resume',
        'freeze',
        'thaw',
        'close',
      ),
      tab,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('logout', 'notifyRevoked'), tab }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('signIn' as const),
      tab,
      user: fc.constantFrom('ada', 'ada', 'grace'),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'open',
        'openRendered',
        'outage',
        'recovery',
        'slow',
        'fast',
        'endAtProvider',
      ),
    }),
  },
);

interface Tab {
  env: FakeTab;
  client: SessionClient;
}

/** Up to eight tabs of one browser, with a channel that loses, delays and reorders messages. */
class Simulation {
  readonly #origin: FakeOrigin;
  readonly #provider = new RotatingProvider();
  /** The reasons for which a session may end; the idle time may always pass. */
  readonly #allowedReasons = new Set(['idle']);
  #tabs: Tab[] = [];
  #violation: unknown = null;

  constructor(seed: number, loss: number) {
    let state = seed;
    const random = (): number => {
      state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
      return state / 2 ** 31;
    };
    this.#origin = new FakeOrigin(random);
    this.#origin.messageDelay = () => (random() < loss ? 'lost' : random() * 800);
    this.#provider.signIn('ada', this.#origin.device.wallNow());
  }

  async take(each: Step): Promise<void> {
    const target =
      'tab' in each ? this.#tabs[each.tab % Math.max(this.#tabs.length, 1)] : undefined;
    if (each.do === 'advance') await this.#origin.advance(each.ms);
    else if (!('tab' in each)) this.#change(each.do);
    else if (target !== undefined) this.#act(each, target);
    await this.#origin.advance(0);
    this.#check();
  }

  /** The provider works and no message is lost any more: all tabs must show the same. */
  async finish(): Promise<void> {
    this.#provider.outage = null;
    this.#provider.latency = 50;
    this.#origin.messageDelay = () => 5;
    if (this.#tabs.length === 0) this.#open();
    for (const { env } of this.#tabs) if (env.frozen) env.thaw();
    await this.#origin.advance(61_000);
    for (const { env } of this.#tabs) env.resume();
    await this.#origin.advance(130_000);
    // A refresh may be running at this instant.
    if (this.#shownByTabs().size > 1) await this.#origin.advance(1_000);
    this.#check();
    const shown = this.#shownByTabs();
    expect([...shown], 'what the tabs show in the end').toEqual([expect.anything()]);
    const { store } = this.#provider;
    const [only] = shown;
    if (only !== 'no session') expect(only).toContain(`${store?.sub}: secret-${store?.sub}`);
    for (const { client } of this.#tabs) client.stop();
    await this.#origin.advance(0);
    expect(this.#tabs.map(({ env }) => env.ownTimers).filter(Boolean)).toEqual([]);
    expect(this.#origin.heldLocks()).toEqual([]);
  }

  #shownByTabs(): Set<string> {
    return new Set(
      this.#tabs.map(({ client }) => {
        const { status, session } = client.getSnapshot();
        // A page that opens after the end is signed out, not expired.
        const isOpen = status === 'active' || status === 'expiring';
        return isOpen ? `${session?.user.sub}: ${client.peekAccessToken()}` : 'no session';
      }),
    );
  }

  /** `isRendered`: the server has rendered the session of the provider. */
  #open(isRendered = false): void {
    if (this.#tabs.length === 8) return;
    const env = this.#origin.open();
    const source = this.#provider.source(env);
    const onEvent = (event: SessionEvent): void => this.#onEvent(event);
    const { store } = this.#provider;
    const rendered = { initialSession: store && { user: { sub: store.sub } } };
    const options = { source, policy: hybrid({ idle: '10m' }), onEvent };
    const client = createSessionClient(isRendered ? { ...options, ...rendered } : options, env);
    client.start();
    client.retainAccessToken();
    this.#tabs.push({ env, client });
  }

  #act(each: Extract<Step, { tab: number }>, { env, client }: Tab): void {
    if (each.do === 'thaw') return env.frozen ? env.thaw() : undefined;
    if (each.do === 'close') {
      this.#tabs = this.#tabs.filter((other) => other.env !== env);
      return env.close();
    }
    if (env.frozen) return;
    if (each.do === 'freeze') env.freeze();
    if (each.do === 'activity') env.simulateActivity();
    if (each.do === 'resume') env.resume();
    if (each.do === 'call') this.#wait(client.getAccessToken());
    if (each.do === 'extend') this.#wait(client.extend());
    if (each.do === 'forceRefresh') this.#wait(client.getAccessToken({ forceRefresh: true }));
    if (each.do === 'logout') this.#end('signed-out', () => this.#wait(client.logout()));
    if (each.do === 'notifyRevoked') this.#end('revoked', () => client.notifyRevoked());
    if (each.do === 'signIn') {
      this.#provider.nextUser = each.user;
      this.#wait(client.login());
    }
  }

  #end(reason: string, act: () => void): void {
    // A tab that has not received the end yet is refused a token, or its source returns no session.
    for (const each of [reason, 'signed-out-elsewhere', 'revoked', 'token-refresh-failed'])
      this.#allowedReasons.add(each);
    act();
  }

  #change(what: string): void {
    const { latency } = this.#provider;
    if (what === 'open' || what === 'openRendered') this.#open(what === 'openRendered');
    if (what === 'outage') this.#provider.outage = new SessionError('ERR_SERVER', 'An outage.');
    if (what === 'recovery') this.#provider.outage = null;
    this.#provider.latency = what === 'slow' ? 4_000 : what === 'fast' ? 50 : latency;
    if (what !== 'endAtProvider') return;
    this.#provider.revoked = true;
    this.#allowedReasons.add('token-refresh-failed');
  }

  #wait(promise: Promise<unknown>): void {
    promise.catch((error: unknown) => {
      if (!(error instanceof SessionError)) this.#violation = error;
    });
  }

  #onEvent(event: SessionEvent): void {
    if (event.type !== 'session-ended' || this.#allowedReasons.has(event.reason)) return;
    this.#violation = new Error(`unexpected end of the session: ${event.reason}`);
  }

  #check(): void {
    if (this.#violation) throw this.#violation;
    expect(this.#provider.maxInFlight, 'refreshes at the same time').toBeLessThanOrEqual(1);
    expect(this.#provider.reused, 'refresh tokens that were used twice').toBe(0);
    expect(JSON.stringify(this.#tabs.map(({ client }) => client.getSnapshot()))).not.toContain(
      'secret-',
    );
  }
}

it.each([0, 0.3])(
  'several tabs never violate an invariant and agree in the end when a share of %d of the messages is lost',
  async (loss) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 5, maxLength: 40 }),
        fc.integer({ min: 1, max: 2 ** 30 }),
        async (steps, seed) => {
          const simulation = new Simulation(seed, loss);
          await simulation.take({ do: 'open' });
          for (const each of steps) await simulation.take(each);
          await simulation.finish();
        },
      ),
      { numRuns: Number(process.env['RUNS'] ?? 300) },
    );
  },
);
