import { describe, expect, it } from 'vitest';
import type { End, Facts, SignIn, TokenFact } from '../../../src/core/model/facts.js';
import { endOf, isOpen } from '../../../src/core/model/facts.js';
import { fingerprintOf, merge } from '../../../src/core/model/merge.js';

const stamp = (time: number, tab: string): string => `${String(time).padStart(15, '0')}.${tab}`;

// Only facts that tabs can hold: a sign-in has one beginning and one user.
const ends: (End | null)[] = [
  null,
  { reason: 'idle', stamp: stamp(7, 'a'), extendedStamp: stamp(1, 'a') },
  { reason: 'idle', stamp: stamp(8, 'b'), extendedStamp: stamp(5, 'b') },
  { reason: 'revoked', stamp: stamp(6, 'a'), extendedStamp: stamp(1, 'a') },
  { reason: 'signed-out', stamp: stamp(9, 'b'), extendedStamp: stamp(5, 'b') },
];
const ids = [
  { id: stamp(1, 'a'), user: 'ada' },
  { id: stamp(2, 'b'), user: 'grace' },
];

function* signIns(): Generator<SignIn> {
  for (const { id, user } of ids) {
    for (const sessionStamp of ['', id, stamp(4, 'b')]) {
      for (const extendedStamp of [id, stamp(5, 'b'), stamp(6, 'a')]) {
        for (const end of ends) {
          yield {
            id,
            isObserved: user === 'grace',
            user,
            session: sessionStamp === '' ? null : { user: { sub: user, v: sessionStamp } },
            sessionStamp,
            begunAt: sessionStamp === '' ? null : 1,
            startedAt: 0,
            extendedAt: Number(extendedStamp.slice(0, 15)),
            extendedStamp,
            end,
          };
        }
      }
    }
  }
}

function token(at: string, newest: string, isShared: boolean): TokenFact {
  const dates = { issuedAt: 0, expiresAt: 1, refreshAt: 0 };
  return { stamp: at, newest, user: 'ada', token: isShared ? { value: at } : null, ...dates };
}

const tokens: Facts['tokens'][] = [
  {},
  { one: token(stamp(3, 'a'), stamp(3, 'a'), true) },
  { one: token(stamp(4, 'b'), stamp(4, 'b'), true) },
  { one: token(stamp(3, 'a'), stamp(5, 'b'), true) },
  { one: token(stamp(5, 'b'), stamp(5, 'b'), false) },
  {
    one: token(stamp(6, 'a'), stamp(6, 'a'), false),
    two: token(stamp(3, 'a'), stamp(3, 'a'), true),
  },
];

const domain: Facts[] = [
  { signIn: null, tokens: {} },
  ...[...signIns()].map((signIn) => ({ signIn, tokens: {} })),
  ...tokens.slice(1).map((each) => ({ signIn: null, tokens: each })),
];

/** Facts as text, independent of the order of the tokens' keys. */
function keyOf({ signIn, tokens: all }: Facts): string {
  return JSON.stringify([signIn, Object.entries(all).sort()]);
}

describe(`merging the facts of two tabs, over all triples of ${domain.length} facts`, () => {
  const pairs = domain.map((a) => domain.map((b) => merge(a, b)));
  const keys = pairs.map((row) => row.map(keyOf));

  it('is idempotent: a message that arrives twice changes nothing', () => {
    domain.forEach((facts, i) => expect(keys[i]?.[i]).toBe(keyOf(facts)));
  });

  it('is commutative: it does not matter which tab receives which message', () => {
    for (let i = 0; i < domain.length; i++) {
      for (let k = 0; k < i; k++) expect(keys[i]?.[k]).toBe(keys[k]?.[i]);
    }
  });

  it('is associative: the order of messages does not matter', () => {
    let triples = 0;
    for (let i = 0; i < domain.length; i++) {
      for (let k = 0; k < domain.length; k++) {
        const left = pairs[i]?.[k] as Facts;
        for (let n = 0; n < domain.length; n++) {
          triples++;
          const one = keyOf(merge(left, domain[n] as Facts));
          const other = keyOf(merge(domain[i] as Facts, pairs[k]?.[n] as Facts));
          if (one !== other) throw new Error(`${keyOf(domain[i] as Facts)} ${i} ${k} ${n}`);
        }
      }
    }
    expect(triples).toBe(domain.length ** 3);
  });

  it('gives the same fingerprint when facts are merged with themselves', () => {
    for (const row of pairs) {
      for (const facts of row) {
        const again = merge(facts, facts);
        expect(fingerprintOf(again)).toBe(fingerprintOf(facts));
      }
    }
  });
});

describe('the end of a session', () => {
  const signIn = [...signIns()][0] as SignIn;
  const idle: End = { reason: 'idle', stamp: stamp(9, 'a'), extendedStamp: stamp(3, 'a') };

  it('by idleness is refuted by a later extension', () => {
    const ended = { ...signIn, session: { user: { sub: 'ada' } }, end: idle };
    expect(endOf({ ...ended, extendedStamp: stamp(3, 'a') })).toBe(idle);
    expect(endOf({ ...ended, extendedStamp: stamp(4, 'a') })).toBeNull();
    expect(isOpen({ ...ended, extendedStamp: stamp(4, 'a') })).toBe(true);
  });

  it('for any other reason is not refuted by an extension', () => {
    const end: End = { ...idle, reason: 'revoked' };
    expect(endOf({ ...signIn, end, extendedStamp: stamp(99, 'a') })).toBe(end);
  });

  it('belongs to one sign-in: a later sign-in is not ended by it', () => {
    const ended: Facts = {
      signIn: { ...signIn, end: { ...idle, reason: 'signed-out' } },
      tokens: {},
    };
    const later: Facts = { signIn: { ...signIn, id: stamp(10, 'b'), end: null }, tokens: {} };
    expect(merge(ended, later).signIn?.end).toBeNull();
    expect(merge(later, ended).signIn?.end).toBeNull();
  });
});
