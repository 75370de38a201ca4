import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createSessionClient } from '../../src/core/shell/createSessionClient.js';
import type { SessionClient } from '../../src/core/shell/sessionClient.js';
import {
  type GetAccessTokenOptions,
  hybrid,
  rolling,
  SessionError,
  type SessionEvent,
} from '../../src/index.js';
import { type Behavior, DeviceWithServer } from '../support/deviceWithServer.js';

const hour = 3_600_000;
const idle = 600_000;

type Step =
  | { do: 'advance' | 'sleep' | 'setWallClock'; ms: number }
  | { do: 'session' | 'token'; behavior: Behavior }
  | { do: 'call'; options: GetAccessTokenOptions }
  | { do: 'signIn'; user: string }
  | {
      do:
        | 'resume'
        | 'online'
        | 'offline'
        | 'logout'
        | 'extend'
        | 'retain'
        | 'release'
        | 'notifyRevoked'
        | 'cancelLogin';
    };

const tokenBehavior = fc.constantFrom<Behavior>(
  'succeed',
  'succeed',
  'succeed',
  'hang',
  'same-token',
  'expired-token',
  'throw-string',
  'ERR_NETWORK',
  'ERR_RATE_LIMITED',
  'ERR_REFRESH_FAILED',
  'ERR_NOT_SUPPORTED',
);
const sessionBehavior = fc.constantFrom<Behavior>(
  'succeed',
  'succeed',
  'succeed',
  'no-session',
  'hang',
  'ERR_SERVER',
  'throw-string',
);

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('advance' as const),
      ms: fc.integer({ min: 0, max: 90_000 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('sleep' as const),
      ms: fc.integer({ min: 0, max: 2 * hour }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('setWallClock' as const),
      ms: fc.integer({ min: -2 * hour, max: 2 * hour }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('token' as const), behavior: tokenBehavior }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('session' as const), behavior: sessionBehavior }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('call' as const),
      options: fc.record(
        {
          minValidity: fc.integer({ min: 0, max: 100_000 }),
          forceRefresh: fc.boolean(),
          onExpired: fc.constantFrom('wait' as const, 'throw' as const),
          audience: fc.constantFrom('api', 'other'),
        },
        { requiredKeys: [] },
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('signIn' as const),
      user: fc.constantFrom('ada', 'ada', 'grace'),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'resume',
        'online',
        'offline',
        'logout',
        'extend',
        'retain',
        'release',
        'notifyRevoked',
        'cancelLogin',
      ),
    }),
  },
);

/** Runs a list of steps, and checks the invariants after each. */
class Simulation {
  readonly device: DeviceWithServer;
  readonly client: SessionClient;
  readonly events: SessionEvent[] = [];
  #pending = 0;
  #violation: unknown = null;
  #releases: (() => void)[] = [];
  /** The reasons for which the session may end, apart from idleness. */
  #allowedReasons = new Set<string>();
  /** When the session was last started or extended (server time). */
  #extendedAt: number;

  constructor(seed: number, clockError: number, isHybrid: boolean) {
    let state = seed;
    this.device = new DeviceWithServer(clockError, () => {
      state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
      return state / 2 ** 31;
    });
    this.#extendedAt = this.device.serverTime;
    this.client = createSessionClient(
      {
        source: this.device.source,
        policy: isHybrid ? hybrid({ idle }) : rolling({ idle }),
        onEvent: (event) => this.#onEvent(event),
      },
      this.device,
    );
    this.client.addLoginPrompt();
    this.client.start();
  }

  async take(step: Step): Promise<void> {
    const { device, client } = this;
    switch (step.do) {
      case 'advance':
        await device.advance(step.ms);
        break;
      case 'sleep':
        device.sleep(step.ms);
        break;
      case 'setWallClock':
        device.setWallClock(step.ms);
        break;
      case 'session':
        device.behavior.session = step.behavior;
        this.#allowReason(step.behavior);
        break;
      case 'token':
        device.behavior.token = step.behavior;
        this.#allowReason(step.behavior);
        break;
      case 'call':
        this.#call(step.options);
        break;
      case 'signIn':
        device.user = step.user;
        this.#wait(client.login());
        break;
      case 'resume':
        device.resume();
        break;
      case 'online':
        device.online = true;
        device.resume();
        break;
      case 'offline':
        device.online = false;
        device.resume();
        break;
      case 'logout':
        this.#allowedReasons.add('signed-out');
        this.#wait(client.logout());
        break;
      case 'extend':
        this.#wait(client.extend());
        break;
      case 'retain':
        this.#releases.push(client.retainAccessToken());
        break;
      case 'release':
        this.#releases.pop()?.();
        break;
      case 'notifyRevoked':
        this.#allowedReasons.add('revoked');
        client.notifyRevoked();
        break;
      case 'cancelLogin':
        client.cancelLogin();
        break;
    }
    await device.advance(0);
    this.#check();
  }

  /** The server works again: all calls settle, and no timer or listener is left. */
  async finish(): Promise<void> {
    const { device, client } = this;
    device.behavior = { session: 'succeed', token: 'succeed' };
    device.online = true;
    device.resume();
    await device.advance(130_000);
    client.cancelLogin();
    await device.advance(0);
    expect(this.#pending, 'calls that never settled').toBe(0);
    const requests = device.requests.length;
    await device.advance(300_000);
    // At most two audiences, and no token is refreshed in the first half of its lifetime of a minute.
    expect(
      device.requests.length - requests,
      'requests in five minutes without failures',
    ).toBeLessThan(25);
    client.stop();
    await device.advance(0);
    expect([device.timers.size, device.resumeListeners.size]).toEqual([0, 0]);
  }

  #call(options: GetAccessTokenOptions): void {
    const { device } = this;
    this.#wait(
      this.client.getAccessToken(options).then((token) => {
        expect(device.isExpired(token), 'an expired token was returned').toBe(false);
      }),
    );
  }

  #wait(promise: Promise<unknown>): void {
    this.#pending++;
    promise
      .catch((error: unknown) => {
        if (!(error instanceof SessionError)) this.#violation = error;
      })
      .finally(() => {
        this.#pending--;
      });
  }

  #allowReason(behavior: Behavior): void {
    if (behavior === 'no-session') this.#allowedReasons.add('revoked');
    if (behavior === 'ERR_REFRESH_FAILED') this.#allowedReasons.add('token-refresh-failed');
  }

  #onEvent(event: SessionEvent): void {
    this.events.push(event);
    if (event.type === 'session-started' || event.type === 'session-extended') {
      this.#extendedAt = this.device.serverTime;
    }
    if (event.type !== 'session-ended') return;
    if (event.reason === 'idle') {
      // The Date header has a resolution of one second.
      const missing = this.#extendedAt + idle - this.device.serverTime;
      if (missing > 3_000) this.#violation = new Error(`the idle end came ${missing} ms early`);
    } else if (!this.#allowedReasons.has(event.reason)) {
      this.#violation = new Error(`unexpected end of the session: ${event.reason}`);
    }
  }

  #check(): void {
    if (this.#violation) throw this.#violation;
    const { device } = this;
    expect(device.maxTokenRequests).toBeLessThanOrEqual(1);
    // The timer for the next change, the time-outs of the two requests that may be running, and those
    // of the tokens of two audiences that wait for the refresh lock; a sign-in and a sign-out wait for it too, each
    // for a limited time.
    expect(device.timers.size).toBeLessThanOrEqual(9);
    const { status, session, deadline } = this.client.getSnapshot();
    if (status === 'expiring') expect([session, deadline]).not.toContain(null);
  }
}

it.each([
  ['hybrid', true],
  ['rolling', false],
])(
  'a client under a %s policy never violates an invariant, in any order of steps',
  async (_name, isHybrid) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 5, maxLength: 40 }),
        fc.integer({ min: 1, max: 2 ** 30 }),
        fc.constantFrom(0, 0, 2 * hour, -2 * hour, 24 * hour, -24 * hour),
        async (steps, seed, clockError) => {
          const simulation = new Simulation(seed, clockError, isHybrid);
          for (const each of steps) await simulation.take(each);
          await simulation.finish();
          expect(JSON.stringify(simulation.events)).not.toContain('token-0');
        },
      ),
      { numRuns: 2_000 },
    );
  },
);
