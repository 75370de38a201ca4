import fc from 'fast-check';
import { expect, it } from 'vitest';
import { derive, type Facts } from '../../src/core/derive.js';
import { type Policy, sourcePolicy } from '../../src/core/policy.js';
import { absolute, hybrid, rolling, SessionError } from '../../src/index.js';

const start = Date.UTC(2026, 0, 1);
const instant = fc.integer({ min: start - 7_200_000, max: start + 7_200_000 });
const life = fc.integer({ min: 30_000, max: 7_200_000 });
const maybe = <Value>(values: fc.Arbitrary<Value>) => fc.option(values, { nil: undefined });

const policy: fc.Arbitrary<Policy> = fc.oneof(
  fc.constant(sourcePolicy),
  fc.constant(absolute({ lifetime: 'access-token' })),
  life.map((lifetime) => absolute({ lifetime })),
  fc.record({ idle: life, lifetime: life }).map(rolling),
  life.map((idle) => hybrid({ idle })),
  fc.constant(hybrid()),
);

const session = fc
  .record({ startedAt: maybe(instant), expiresAt: maybe(instant) })
  .map(({ startedAt, expiresAt }) => ({
    user: { sub: 'ada' },
    ...(startedAt !== undefined && { startedAt }),
    ...(expiresAt !== undefined && { expiresAt }),
  }));

const error = fc
  .constantFrom('ERR_NETWORK', 'ERR_REFRESH_FAILED', 'ERR_NOT_SUPPORTED' as const)
  .map((code) => new SessionError(code, 'it failed'));

const facts: fc.Arbitrary<Facts> = fc.record({
  session: fc.oneof(
    fc.constant({ kind: 'unasked' as const }),
    fc.constant({ kind: 'nobody' as const, reason: null, at: 0 }),
    session.map((whose) => ({
      kind: 'ended' as const,
      session: whose,
      reason: 'idle' as const,
      at: 0,
      extendedAt: 0,
    })),
    fc
      .record({ session, since: instant, extendedAt: instant })
      .map((fact) => ({ kind: 'present' as const, ...fact })),
  ),
  token: fc.record({
    token: fc.option(
      maybe(instant).map((expiresAt) => ({
        value: 'token',
        ...(expiresAt !== undefined && { expiresAt }),
      })),
    ),
    issuedAt: instant,
    fetching: fc.boolean(),
    error: fc.option(error),
  }),
  connection: fc.constantFrom('online', 'offline', 'degraded'),
  error: fc.constant(null),
  pendingLogin: fc.constant(null),
  extendable: fc.boolean(),
  unverified: fc.boolean(),
});

it('is constant from now until just before wakeAt', () => {
  fc.assert(
    fc.property(
      facts,
      policy,
      instant,
      fc.double({ min: 0, max: 1, noNaN: true }),
      (f, p, now, part) => {
        const { snapshot, wakeAt } = derive(f, p, now);
        expect(wakeAt).toBeGreaterThan(now);
        const end = Math.min(wakeAt, now + 40_000_000_000);
        const between = Math.min(now + part * (end - now), wakeAt - 1);
        expect(derive(f, p, Math.max(now, between)).snapshot).toEqual(snapshot);
      },
    ),
    { numRuns: 5_000 },
  );
});

it('is another at wakeAt, so that no alarm rings in vain', () => {
  fc.assert(
    fc.property(facts, policy, instant, (f, p, now) => {
      const { snapshot, wakeAt } = derive(f, p, now);
      fc.pre(wakeAt !== Number.POSITIVE_INFINITY);
      expect(derive(f, p, wakeAt).snapshot).not.toEqual(snapshot);
    }),
    { numRuns: 5_000 },
  );
});

it('ends no session that a wake has put in doubt', () => {
  fc.assert(
    fc.property(facts, policy, instant, (f, p, now) => {
      const { status, reason } = derive({ ...f, unverified: true }, p, now).snapshot;
      if (f.session.kind === 'present' && status === 'expired')
        expect(reason).toBe('token-unobtainable');
    }),
    { numRuns: 2_000 },
  );
});
