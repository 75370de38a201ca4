import { describe, expect, it } from 'vitest';
import type { Config } from '../../../src/core/model/config.js';
import { deadlineOf } from '../../../src/core/model/deadline.js';
import type { Input } from '../../../src/core/model/input.js';
import { absolute, hybrid, rolling, type Session } from '../../../src/index.js';
import { configOf, play, start } from './support.js';

const minute = 60_000;
const both = {
  startedAt: start,
  expiresAt: start + 60 * minute,
  idleExpiresAt: start + 10 * minute,
};

/** The deadline right after the source has stated the session, as `[minutes after the start, kind]`. */
function deadline(session: Partial<Session>, config: Partial<Config>): unknown {
  const answer: Input = {
    type: 'session',
    session: { user: { sub: 'ada' }, ...session },
    isEvent: false,
  };
  const inputs: [number, Input][] = [
    [0, { type: 'started' }],
    [0, { type: 'synced' }],
    [0, answer],
  ];
  const found = deadlineOf(play(configOf(config), ...inputs));
  return found && [(found.at - start) / minute, found.kind];
}

describe('a session that the source can extend', () => {
  const canExtend = true;

  it('ends at the idle end that the source states, which replaces the one of the policy', () => {
    const policy = rolling({ idle: '5m' });
    expect(deadline(both, { policy, canExtend })).toEqual([10, 'idle']);
    expect(deadline({ expiresAt: start + 60 * minute }, { policy, canExtend })).toEqual([
      60,
      'idle',
    ]);
  });

  it('ends at the fixed end that the source states beside it, if that is earlier or the same', () => {
    const policy = rolling({ idle: '5m' });
    const session = { ...both, expiresAt: start + 8 * minute };
    expect(deadline(session, { policy, canExtend })).toEqual([8, 'lifetime']);
    const same = { ...both, expiresAt: both.idleExpiresAt };
    expect(deadline(same, { policy, canExtend })).toEqual([10, 'lifetime']);
  });

  it('ends after the idle time of the policy if the source states no end', () => {
    expect(deadline({}, { policy: rolling({ idle: '5m' }), canExtend })).toEqual([5, 'idle']);
  });
});

describe('a session that the source cannot extend', () => {
  it('ends at the idle end of the policy or at the end that the source states, whichever is earlier', () => {
    const stated = { expiresAt: start + 60 * minute };
    expect(deadline(stated, { policy: rolling({ idle: '5m' }) })).toEqual([5, 'idle']);
    expect(deadline(stated, { policy: hybrid({ idle: '2h' }) })).toEqual([60, 'lifetime']);
  });

  it('ends at the earlier of two stated ends, which no activity moves', () => {
    expect(deadline(both, { policy: hybrid() })).toEqual([10, 'lifetime']);
  });
});

describe('the earliest end counts', () => {
  it.each([
    ['of the policy', { lifetime: 30 }, 30],
    ['of the source', { lifetime: 90 }, 60],
  ])('%s', (_which, { lifetime }, minutes) => {
    const policy = absolute({ lifetime: lifetime * minute });
    const stated = { startedAt: start, expiresAt: start + 60 * minute };
    expect(deadline(stated, { policy })).toEqual([minutes, 'lifetime']);
  });

  it('and a session without any end has no deadline', () => {
    expect(deadline({}, { policy: hybrid() })).toBeNull();
  });
});
