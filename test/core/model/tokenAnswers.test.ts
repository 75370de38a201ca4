import { describe, expect, it } from 'vitest';
import { defaultToken } from '../../../src/core/model/accessToken.js';
import { derive } from '../../../src/core/model/derive.js';
import type { Facts, TokenFact } from '../../../src/core/model/facts.js';
import type { Input } from '../../../src/core/model/input.js';
import { schedule } from '../../../src/core/model/schedule.js';
import { nextStamp } from '../../../src/core/model/stamp.js';
import type { State } from '../../../src/core/model/state.js';
import { ada, configOf, grace, play, start, tokenAnswer, tokenCall } from './support.js';

const config = configOf();
const session = (user = ada): Input => ({ type: 'session', session: user, isEvent: false });
const signedIn: [number, Input][] = [
  [0, { type: 'started' }],
  [1, { type: 'synced' }],
  [2, session()],
  [3, { type: 'request-started', request: defaultToken }],
];

function tokenIn(state: State): TokenFact | undefined {
  return state.tokens[defaultToken];
}

describe('a token of the source', () => {
  it('is accepted if it states the user of the session, or none', () => {
    expect(tokenIn(play(config, ...signedIn, [5, tokenAnswer()]))).toBeDefined();
    expect(tokenIn(play(config, ...signedIn, [5, tokenAnswer({ sub: 'ada' })]))).toBeDefined();
  });

  it('is refused if it is of another user, and the source is asked who is signed in', () => {
    const state = play(config, ...signedIn, [5, tokenAnswer({ sub: 'grace' })]);
    expect(tokenIn(state)).toBeUndefined();
    expect(derive(state).accessToken.expiresAt).toBeNull();
    expect(schedule(state).effects.some((effect) => effect.startsWith('session#'))).toBe(true);
  });

  it('is refused if it has expired, and the request is not done', () => {
    const state = play(config, ...signedIn, [5, tokenAnswer({ expiresAt: start + 5 })]);
    expect(tokenIn(state)).toBeUndefined();
    expect(state.requests[defaultToken]?.isRunning).toBe(true);
  });

  it('resolves a call until it expires, and no call after', () => {
    const received = tokenAnswer({ expiresAt: start + 1_000 });
    const after = (ms: number): State =>
      play(config, ...signedIn, [5, received], [ms, tokenCall()]);
    expect(after(999).settled).toMatchObject([{ decision: { kind: 'resolve', value: 't' } }]);
    const state = after(1_000);
    expect(state.settled).toEqual([]);
    expect(derive(state).accessToken.status).toBe('expired');
    expect(schedule(state).effects).toContain(`${defaultToken}#0`);
  });

  it('is refused after the session has ended', () => {
    const ended: Input = { type: 'ended', reason: 'revoked' };
    expect(tokenIn(play(config, ...signedIn, [4, ended], [5, tokenAnswer()]))).toBeUndefined();
  });
});

describe('a token of another tab', () => {
  const other = play(configOf({ tab: 'b' }), ...signedIn, [5, tokenAnswer()]);
  const fact = tokenIn(other)!;

  function after(facts: Facts): State {
    const clock = { drift: 0, serverNow: null, uncertainty: null };
    const message: Input = { type: 'message', facts, clock, confirmed: '', age: 0 };
    return play(config, [0, { type: 'started' }], [1, { type: 'synced' }], [6, message]);
  }

  it('is adopted with its sign-in', () => {
    expect(tokenIn(after(other))?.token?.value).toBe('t');
  });

  it('is dropped if it is of another user, however new it is', () => {
    const stamp = nextStamp(fact.stamp, start + 100, 'b');
    const foreign = { ...fact, stamp, newest: stamp, user: 'grace' };
    expect(tokenIn(after({ ...other, tokens: { [defaultToken]: foreign } }))).toBeUndefined();
  });

  it('is dropped if it is older than the sign-in', () => {
    const later = play(
      configOf({ tab: 'b' }),
      ...signedIn,
      [5, tokenAnswer()],
      [9, session(grace)],
    );
    const mixed = { ...fact, user: later.signIn!.user };
    expect(
      tokenIn(after({ signIn: later.signIn, tokens: { [defaultToken]: mixed } })),
    ).toBeUndefined();
  });
});
