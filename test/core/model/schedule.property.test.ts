import fc from 'fast-check';
import { expect, it } from 'vitest';
import { defaultToken } from '../../../src/core/model/accessToken.js';
import type { Config } from '../../../src/core/model/config.js';
import { derive } from '../../../src/core/model/derive.js';
import { initialState } from '../../../src/core/model/initialState.js';
import type { Input } from '../../../src/core/model/input.js';
import { schedule } from '../../../src/core/model/schedule.js';
import { type State } from '../../../src/core/model/state.js';
import { update } from '../../../src/core/model/update.js';
import { type Policy, sourcePolicy } from '../../../src/core/policy.js';
import { absolute, hybrid, rolling, type Session, SessionError } from '../../../src/index.js';
import { at, configOf, start } from './support.js';

// Between two inputs, the snapshot is constant until just before `wakeAt`.

const hours = 7_200_000;
const instant = fc.integer({ min: start - hours, max: start + hours });
const duration = fc.integer({ min: 30_000, max: hours });
const optional = <Value>(values: fc.Arbitrary<Value>) => fc.option(values, { nil: undefined });

const policy: fc.Arbitrary<Policy> = fc.oneof(
  fc.constant(sourcePolicy),
  fc.constant(absolute({ lifetime: 'access-token' })),
  duration.map((lifetime) => absolute({ lifetime })),
  fc.record({ idle: duration, lifetime: duration }).map(rolling),
  duration.map((idle) => hybrid({ idle })),
  fc.constant(hybrid()),
);

const session: fc.Arbitrary<Session> = fc
  .record({ startedAt: optional(instant), expiresAt: optional(instant) })
  .map(({ startedAt, expiresAt }) => ({
    user: { sub: 'ada' },
    ...(startedAt !== undefined && { startedAt }),
    ...(expiresAt !== undefined && { expiresAt }),
  }));

const error = fc
  .constantFrom('ERR_NETWORK', 'ERR_REFRESH_FAILED', 'ERR_NOT_SUPPORTED' as const)
  .map((code) => new SessionError(code, 'it failed'));

const input: fc.Arbitrary<Input> = fc.oneof(
  fc.constantFrom<Input>(
    { type: 'activity' },
    { type: 'resumed' },
    { type: 'tick' },
    { type: 'retained', request: defaultToken, by: 1 },
    { type: 'session', session: null, isEvent: false },
    { type: 'ended', reason: 'revoked' },
  ),
  session.map((each): Input => ({ type: 'session', session: each, isEvent: false })),
  session.map((each): Input => ({ type: 'extended', session: each })),
  fc
    .record({ expiresAt: optional(instant), isForced: fc.boolean() })
    .map(({ expiresAt, isForced }): Input => {
      const token = { value: 'token', ...(expiresAt !== undefined && { expiresAt }) };
      return { type: 'token', request: defaultToken, token, isForced, roundTrip: 0 };
    }),
  fc
    .record({ request: fc.constantFrom('session', 'extend', defaultToken), error })
    .map((each): Input => ({ type: 'request-failed', ...each })),
);

interface Step {
  readonly input: Input;
  readonly wait: number;
  readonly sleep: number;
}

/** Inputs of a client, with the time and the sleep before each (ms). */
const history = fc.array(
  fc.record({ input, wait: fc.nat(600_000), sleep: fc.constantFrom(0, 0, 0, 600_000) }),
  { maxLength: 12 },
);

function replay(config: Config, steps: readonly Step[]): [State, number, number] {
  let [now, slept] = [0, 0];
  let state = update(initialState(undefined, at(0), config), { type: 'started' }, at(0));
  for (const step of steps) {
    now += step.wait + step.sleep;
    slept += step.sleep;
    state = update(state, step.input, at(now, {}, slept));
  }
  return [state, now, slept];
}

const client = fc
  .record({ policy, canExtend: fc.boolean(), history })
  .map(({ history: steps, ...options }) => {
    const { kind } = options.policy;
    const isSilent = !(kind === 'absolute' && options.policy.lifetime === 'access-token');
    const config = configOf({ ...options, isSilent });
    return { config, played: replay(config, steps) };
  });

it('the snapshot is constant until just before wakeAt', () => {
  fc.assert(
    fc.property(client, fc.double({ min: 0, max: 1, noNaN: true }), ({ played }, part) => {
      const [state, now, slept] = played;
      const { wakeAt, effects } = schedule(state);
      expect(wakeAt).toBeGreaterThan(state.clock.device);
      // A page that does not read the clock for longer counts as frozen.
      const end = Math.min(wakeAt - state.clock.device, 90_000);
      const wait = Math.min(part * end, wakeAt - state.clock.device - 1);
      if (wait < 0) return;
      const later = update(state, { type: 'tick' }, at(now + wait, {}, slept));
      expect(derive(later)).toEqual(derive(state));
      expect(schedule(later).effects).toEqual(effects);
    }),
    { numRuns: 3_000 },
  );
});

it('the snapshot, the effects or the facts change at wakeAt, so no timer is set without need', () => {
  fc.assert(
    fc.property(client, ({ played }) => {
      const [state, now, slept] = played;
      const { wakeAt, effects } = schedule(state);
      const wait = wakeAt - state.clock.device;
      if (wait > 90_000) return;
      const later = update(state, { type: 'tick' }, at(now + wait, {}, slept));
      const isSame =
        JSON.stringify(derive(later)) === JSON.stringify(derive(state)) &&
        schedule(later).effects.join() === effects.join() &&
        JSON.stringify(later.signIn) === JSON.stringify(state.signIn);
      expect(isSame).toBe(false);
    }),
    { numRuns: 3_000 },
  );
});

it('no session ends by a deadline that passed during a sleep, before it is verified', () => {
  fc.assert(
    fc.property(client, fc.integer({ min: 3_000, max: 10 * hours }), ({ played }, sleep) => {
      const [before, now, slept] = played;
      const state = update(before, { type: 'tick' }, at(now, {}, slept));
      const later = update(state, { type: 'tick' }, at(now + sleep, {}, slept + sleep));
      const [was, is] = [derive(state), derive(later)];
      const wasOpen = was.status === 'active' || was.status === 'expiring';
      if (wasOpen && is.status === 'expired') expect(is.reason).toBe('token-refresh-failed');
    }),
    { numRuns: 2_000 },
  );
});
