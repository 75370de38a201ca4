import { describe, expect, it } from 'vitest';
import { derive } from '../../../src/core/model/derive.js';
import { hasUnsentActivity } from '../../../src/core/model/extension.js';
import type { Input } from '../../../src/core/model/input.js';
import { drawRefresh } from '../../../src/core/model/refreshWindow.js';
import type { State } from '../../../src/core/model/state.js';
import { rolling, SessionError } from '../../../src/index.js';
import { ada, configOf, play, start } from './support.js';

const minute = 60_000;
const config = configOf({ policy: rolling({ idle: '10m' }), canExtend: true });
const opened: [number, Input][] = [
  [0, { type: 'started' }],
  [1, { type: 'synced' }],
  [2, { type: 'session', session: ada, isEvent: false }],
];
const error = new SessionError('ERR_SERVER', 'it failed');
const activity: [number, Input] = [9 * minute, { type: 'activity' }];
const started: [number, Input] = [9 * minute, { type: 'request-started', request: 'extend' }];
const failed: [number, Input] = [
  9 * minute + 1,
  { type: 'request-failed', request: 'extend', error },
];

/** The state `minutes` after the start. A page whose timer has not run for longer was frozen. */
function after(minutes: number, ...inputs: [number, Input][]): State {
  const ticks = Array.from({ length: minutes }, (_, index): [number, Input] => [
    (index + 1) * minute,
    { type: 'tick' },
  ]);
  return play(config, ...[...opened, ...inputs, ...ticks].sort(([one], [other]) => one - other));
}

describe('activity that the source could not be told of', () => {
  it('keeps the session until the source has answered', () => {
    const state = after(11, activity, started, failed);
    expect(hasUnsentActivity(state)).toBe(true);
    expect(derive(state).session).toEqual(ada);
    expect(derive(state).status).not.toBe('expired');
  });

  it('is none if there was no activity, or no failure', () => {
    expect(hasUnsentActivity(play(config, ...opened, started, failed))).toBe(false);
    expect(hasUnsentActivity(play(config, ...opened, activity))).toBe(false);
    expect(hasUnsentActivity(play(config))).toBe(false);
  });

  it('does not keep an idle session whose extension had failed before', () => {
    const state = after(11, started, failed);
    expect(derive(state)).toMatchObject({ status: 'expired', reason: 'idle' });
  });
});

it('a token without an expiry is never refreshed', () => {
  expect(drawRefresh({ value: 't' }, start, start, [0.5, 0.95], 0.5)).toBe(
    Number.POSITIVE_INFINITY,
  );
});
