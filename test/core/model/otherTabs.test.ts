import { describe, expect, it } from 'vitest';
import { derive } from '../../../src/core/model/derive.js';
import type { Facts } from '../../../src/core/model/facts.js';
import type { Input } from '../../../src/core/model/input.js';
import { schedule } from '../../../src/core/model/schedule.js';
import { ada, configOf, play, start } from './support.js';

const config = configOf({ tab: 'b', hasOtherTabs: true });
const other = configOf({ tab: 'a', hasOtherTabs: true });
const answer: Input = { type: 'session', session: ada, isEvent: false };
const signedIn = play(other, [0, { type: 'started' }], [10, { type: 'synced' }], [20, answer]);

/** A message of the other tab, whose clock is `ahead` (ms). */
function message({ signIn, tokens }: Facts, ahead = 0): Input {
  const clock = { drift: 0, serverNow: null, uncertainty: null };
  const shifted = signIn && {
    ...signIn,
    startedAt: signIn.startedAt + ahead,
    extendedAt: signIn.extendedAt + ahead,
  };
  return { type: 'message', facts: { signIn: shifted, tokens }, clock, confirmed: '', age: 0 };
}

const joining: [number, Input][] = [
  [30, { type: 'started' }],
  [40, message(signedIn)],
  [50, { type: 'synced' }],
];

describe('a tab that has taken a session over from another tab', () => {
  it('does not ask its source who is signed in, once the session has ended before it asked', () => {
    const ended: Input = { type: 'ended', reason: 'revoked' };
    const state = play(
      { ...config, storageDelay: 500 },
      ...joining,
      [60, ended],
      [5_000, { type: 'tick' }],
    );
    expect(derive(state)).toMatchObject({ status: 'expired', reason: 'revoked' });
    expect(schedule(state).effects).toEqual([]);
  });

  it('moves no instant and no deadline by what a conversion between clocks is wrong by', () => {
    const before = play(config, ...joining);
    const after = play(
      config,
      ...joining,
      [1_000, message(signedIn, 3)],
      [1_001, message(signedIn, 7)],
    );
    expect(after.signIn).toEqual(before.signIn);
    expect(after.signIn?.extendedAt).toBe(start + 20);
  });
});
