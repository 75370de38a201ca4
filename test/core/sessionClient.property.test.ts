import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SessionClient } from '../../src/core/shell/sessionClient.js';
import {
  type GetAccessTokenOptions,
  hybrid,
  rolling,
  SessionError,
  type SessionEvent,
} from '../../src/index.js';
import { type Mood, World } from './world.js';

const hour = 3_600_000;
const idle = 600_000;

type Step =
  | { do: 'advance' | 'sleep' | 'setWall'; ms: number }
  | { do: 'session' | 'token'; mood: Mood }
  | { do: 'call'; options: GetAccessTokenOptions }
  | { do: 'signIn'; who: string }
  | {
      do:
        | 'stir'
        | 'online'
        | 'offline'
        | 'logout'
        | 'extend'
        | 'hold'
        | 'release'
        | 'revoked'
        | 'cancel';
    };

const tokenMood = fc.constantFrom<Mood>(
  'good',
  'good',
  'good',
  'hang',
  'same-again',
  'dead-on-arrival',
  'throws-anything',
  'ERR_NETWORK',
  'ERR_RATE_LIMITED',
  'ERR_REFRESH_FAILED',
  'ERR_NOT_SUPPORTED',
);
const sessionMood = fc.constantFrom<Mood>(
  'good',
  'good',
  'good',
  'nobody',
  'hang',
  'ERR_SERVER',
  'throws-anything',
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
      do: fc.constant('setWall' as const),
      ms: fc.integer({ min: -2 * hour, max: 2 * hour }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('token' as const), mood: tokenMood }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('session' as const), mood: sessionMood }) },
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
      who: fc.constantFrom('ada', 'ada', 'grace'),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'stir',
        'online',
        'offline',
        'logout',
        'extend',
        'hold',
        'release',
        'revoked',
        'cancel',
      ),
    }),
  },
);

/** Plays a schedule, and watches over what must never happen. */
class Play {
  readonly world: World;
  readonly client: SessionClient;
  readonly events: SessionEvent[] = [];
  #pending = 0;
  #releases: (() => void)[] = [];
  /** What has happened that may end a session, and until when it was extended at least. */
  #causes = new Set<string>();
  #extendedAt: number;

  constructor(seed: number, deviceError: number, tied: boolean) {
    let state = seed;
    this.world = new World(deviceError, () => {
      state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
      return state / 2 ** 31;
    });
    this.#extendedAt = this.world.truth;
    this.client = new SessionClient(
      {
        source: this.world.source,
        policy: tied ? hybrid({ idle }) : rolling({ idle }),
        onEvent: (event) => this.#onEvent(event),
      },
      this.world,
    );
    this.client.addLoginPrompt();
    this.client.start();
  }

  async take(step: Step): Promise<void> {
    const { world, client } = this;
    switch (step.do) {
      case 'advance':
        await world.advance(step.ms);
        break;
      case 'sleep':
        world.sleep(step.ms);
        break;
      case 'setWall':
        world.setWall(step.ms);
        break;
      case 'session':
        world.mood.session = step.mood;
        this.#note(step.mood);
        break;
      case 'token':
        world.mood.token = step.mood;
        this.#note(step.mood);
        break;
      case 'call':
        this.#call(step.options);
        break;
      case 'signIn':
        world.who = step.who;
        this.#wait(client.login());
        break;
      case 'stir':
        world.resume();
        break;
      case 'online':
        world.online = true;
        world.resume();
        break;
      case 'offline':
        world.online = false;
        world.resume();
        break;
      case 'logout':
        this.#causes.add('signed-out');
        this.#wait(client.logout());
        break;
      case 'extend':
        this.#wait(client.extend());
        break;
      case 'hold':
        this.#releases.push(client.retainAccessToken());
        break;
      case 'release':
        this.#releases.pop()?.();
        break;
      case 'revoked':
        this.#causes.add('revoked');
        client.notifyRevoked();
        break;
      case 'cancel':
        client.cancelLogin();
        break;
    }
    await world.advance(0);
    this.#check();
  }

  /** All is well again: everything settles, and nothing is left behind. */
  async finish(): Promise<void> {
    const { world, client } = this;
    world.mood = { session: 'good', token: 'good' };
    world.online = true;
    world.resume();
    await world.advance(130_000);
    client.cancelLogin();
    await world.advance(0);
    expect(this.#pending, 'calls that never settled').toBe(0);
    const asked = world.asked.length;
    await world.advance(300_000);
    // Two audiences at most, and no token is refreshed before half of its minute is over.
    expect(world.asked.length - asked, 'requests in five quiet minutes').toBeLessThan(25);
    client.stop();
    await world.advance(0);
    expect([world.timers.size, world.resumeListeners.size]).toEqual([0, 0]);
  }

  #call(options: GetAccessTokenOptions): void {
    const { world } = this;
    this.#wait(
      this.client.getAccessToken(options).then((token) => {
        expect(world.isDead(token), 'a dead token was handed out').toBe(false);
      }),
    );
  }

  #wait(promise: Promise<unknown>): void {
    this.#pending++;
    promise
      .catch((error: unknown) => {
        if (!(error instanceof SessionError)) this.#broken = error;
      })
      .finally(() => {
        this.#pending--;
      });
  }
  #broken: unknown = null;

  #note(mood: Mood): void {
    if (mood === 'nobody') this.#causes.add('revoked');
    if (mood === 'ERR_REFRESH_FAILED') this.#causes.add('token-refresh-failed');
  }

  #onEvent(event: SessionEvent): void {
    this.events.push(event);
    if (event.type === 'session-started' || event.type === 'session-extended') {
      this.#extendedAt = this.world.truth;
    }
    if (event.type !== 'session-ended') return;
    if (event.reason === 'idle') {
      // Within what a Date header of whole seconds can tell.
      const missing = this.#extendedAt + idle - this.world.truth;
      if (missing > 3_000) this.#broken = new Error(`ended by idleness ${missing} ms early`);
    } else if (!this.#causes.has(event.reason)) {
      this.#broken = new Error(`ended without a cause: ${event.reason}`);
    }
  }

  #check(): void {
    if (this.#broken) throw this.#broken;
    const { world } = this;
    expect(world.mostTokenFlights).toBeLessThanOrEqual(1);
    // The alarm, a time limit for each of the two questions that may be under way, and for two
    // audiences' tokens that wait for their turn.
    expect(world.timers.size).toBeLessThanOrEqual(5);
    const { status, session, deadline } = this.client.getSnapshot();
    if (status === 'expiring') expect([session, deadline]).not.toContain(null);
  }
}

it.each([
  ['hybrid', true],
  ['rolling', false],
])('keeps its promises under %s, whatever happens in whatever order', async (_name, tied) => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 5, maxLength: 40 }),
      fc.integer({ min: 1, max: 2 ** 30 }),
      fc.constantFrom(0, 0, 2 * hour, -2 * hour, 24 * hour, -24 * hour),
      async (steps, seed, deviceError) => {
        const play = new Play(seed, deviceError, tied);
        for (const each of steps) await play.take(each);
        await play.finish();
        expect(JSON.stringify(play.events)).not.toContain('token-0');
      },
    ),
    { numRuns: 2_000 },
  );
});
