import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SessionClient } from '../../src/core/shell/sessionClient.js';
import { hybrid, SessionError, type SessionEvent } from '../../src/index.js';
import { FakeOrigin, type FakeTab } from '../support/fakeOrigin.js';
import { RotatingProvider } from '../support/rotatingProvider.js';

type Step =
  | { do: 'advance'; ms: number }
  | { do: 'signIn'; tab: number; who: string }
  | {
      do:
        | 'close'
        | 'freeze'
        | 'thaw'
        | 'call'
        | 'force'
        | 'extend'
        | 'logout'
        | 'revoked'
        | 'touch'
        | 'stir';
      tab: number;
    }
  | { do: 'open' | 'render' | 'outage' | 'recovery' | 'slow' | 'fast' | 'revoke' };

const tab = fc.nat({ max: 7 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('advance' as const), ms: fc.nat(50_000) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constantFrom('call', 'force', 'extend', 'touch', 'stir', 'freeze', 'thaw', 'close'),
      tab,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('logout', 'revoked'), tab }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('signIn' as const),
      tab,
      who: fc.constantFrom('ada', 'ada', 'grace'),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('open', 'render', 'outage', 'recovery', 'slow', 'fast', 'revoke'),
    }),
  },
);

interface Tab {
  env: FakeTab;
  client: SessionClient;
}

/** Up to eight tabs of one browser, over a channel that loses, delays and reorders what they say. */
class Play {
  readonly #origin: FakeOrigin;
  readonly #provider = new RotatingProvider();
  /** Time ends a session too. */
  readonly #causes = new Set(['idle']);
  #tabs: Tab[] = [];
  #broken: unknown = null;

  constructor(seed: number, loss: number) {
    let state = seed;
    const random = (): number => {
      state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
      return state / 2 ** 31;
    };
    this.#origin = new FakeOrigin(random);
    this.#origin.fate = () => (random() < loss ? 'lost' : random() * 800);
    this.#provider.signIn('ada', this.#origin.device.wallNow());
  }

  async take(each: Step): Promise<void> {
    const at = 'tab' in each ? this.#tabs[each.tab % Math.max(this.#tabs.length, 1)] : undefined;
    if (each.do === 'advance') await this.#origin.advance(each.ms);
    else if (!('tab' in each)) this.#change(each.do);
    else if (at !== undefined) this.#act(each, at);
    await this.#origin.advance(0);
    this.#check();
  }

  /** All is well again, and nothing is lost any more: what do the tabs say? */
  async finish(): Promise<void> {
    this.#provider.outage = null;
    this.#provider.latency = 50;
    this.#origin.fate = () => 5;
    if (this.#tabs.length === 0) this.#open();
    for (const { env } of this.#tabs) if (env.frozen) env.thaw();
    await this.#origin.advance(61_000);
    for (const { env } of this.#tabs) env.resume();
    await this.#origin.advance(130_000);
    // A refresh may be under way just now.
    if (this.#opinions().size > 1) await this.#origin.advance(1_000);
    this.#check();
    const opinions = this.#opinions();
    expect([...opinions], 'what the tabs say in the end').toEqual([expect.anything()]);
    const { store } = this.#provider;
    const [opinion] = opinions;
    if (opinion !== 'nobody is in')
      expect(opinion).toContain(`${store?.sub}: secret-${store?.sub}`);
    for (const { client } of this.#tabs) client.stop();
    await this.#origin.advance(0);
    expect(this.#tabs.map(({ env }) => env.ownTimers).filter(Boolean)).toEqual([]);
    expect(this.#origin.heldNames()).toEqual([]);
  }

  #opinions(): Set<string> {
    return new Set(
      this.#tabs.map(({ client }) => {
        const { status, session } = client.getSnapshot();
        // To a page that was opened after the end, it is no end.
        const isIn = status === 'active' || status === 'expiring';
        return isIn ? `${session?.user.sub}: ${client.peekAccessToken()}` : 'nobody is in';
      }),
    );
  }

  /** `isRendered`: by a server, which knows who is signed in. */
  #open(isRendered = false): void {
    if (this.#tabs.length === 8) return;
    const env = this.#origin.open();
    const source = this.#provider.source(env);
    const onEvent = (event: SessionEvent): void => this.#onEvent(event);
    const { store } = this.#provider;
    const rendered = { initialSession: store && { user: { sub: store.sub } } };
    const options = { source, policy: hybrid({ idle: '10m' }), onEvent };
    const client = new SessionClient(isRendered ? { ...options, ...rendered } : options, env);
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
    if (each.do === 'touch') env.touch();
    if (each.do === 'stir') env.resume();
    if (each.do === 'call') this.#wait(client.getAccessToken());
    if (each.do === 'extend') this.#wait(client.extend());
    if (each.do === 'force') this.#wait(client.getAccessToken({ forceRefresh: true }));
    if (each.do === 'logout') this.#end('signed-out', () => this.#wait(client.logout()));
    if (each.do === 'revoked') this.#end('revoked', () => client.notifyRevoked());
    if (each.do === 'signIn') {
      this.#provider.nextPerson = each.who;
      this.#wait(client.login());
    }
  }

  #end(cause: string, act: () => void): void {
    // Who has not heard it yet is refused a token, or finds nobody.
    for (const each of [cause, 'signed-out-elsewhere', 'revoked', 'token-refresh-failed'])
      this.#causes.add(each);
    act();
  }

  #change(what: string): void {
    const { latency } = this.#provider;
    if (what === 'open' || what === 'render') this.#open(what === 'render');
    if (what === 'outage') this.#provider.outage = new SessionError('ERR_SERVER', 'An outage.');
    if (what === 'recovery') this.#provider.outage = null;
    this.#provider.latency = what === 'slow' ? 4_000 : what === 'fast' ? 50 : latency;
    if (what !== 'revoke') return;
    this.#provider.revoked = true;
    this.#causes.add('token-refresh-failed');
  }

  #wait(promise: Promise<unknown>): void {
    promise.catch((error: unknown) => {
      if (!(error instanceof SessionError)) this.#broken = error;
    });
  }

  #onEvent(event: SessionEvent): void {
    if (event.type !== 'session-ended' || this.#causes.has(event.reason)) return;
    this.#broken = new Error(`ended without a cause: ${event.reason}`);
  }

  #check(): void {
    if (this.#broken) throw this.#broken;
    expect(this.#provider.mostInFlight, 'refreshes at once').toBeLessThanOrEqual(1);
    expect(this.#provider.reused, 'refresh tokens that were used twice').toBe(0);
    expect(JSON.stringify(this.#tabs.map(({ client }) => client.getSnapshot()))).not.toContain(
      'secret-',
    );
  }
}

it.each([0, 0.3])(
  'several tabs keep their promises and agree in the end, where %d of what they say is lost',
  async (loss) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 5, maxLength: 40 }),
        fc.integer({ min: 1, max: 2 ** 30 }),
        async (steps, seed) => {
          const play = new Play(seed, loss);
          await play.take({ do: 'open' });
          for (const each of steps) await play.take(each);
          await play.finish();
        },
      ),
      { numRuns: Number(process.env['RUNS'] ?? 300) },
    );
  },
);
