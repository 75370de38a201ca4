import { describe, expect, it } from 'vitest';
import { derive } from '../../../src/core/model/derive.js';
import type { Input } from '../../../src/core/model/input.js';
import { schedule } from '../../../src/core/model/schedule.js';
import type { State } from '../../../src/core/model/state.js';
import type { Session } from '../../../src/index.js';
import { rolling } from '../../../src/index.js';
import { ada, configOf, grace, play, start } from './support.js';

const minute = 60_000;
const config = configOf({ policy: rolling({ idle: '10m' }), canExtend: true });
const answer = (session: Session | null): Input => ({ type: 'session', session, isEvent: false });
const opened: [number, Input][] = [
  [0, { type: 'started' }],
  [1, { type: 'synced' }],
  [2, answer(ada)],
];

describe('an extension', () => {
  const extended = (session: Session | null): State =>
    play(config, ...opened, [minute, { type: 'extended', session }]);

  it('moves the end of the session', () => {
    const { signIn } = extended(ada);
    expect(signIn?.extendedAt).toBe(start + minute);
  });

  it('that finds no session ends it', () => {
    expect(derive(extended(null))).toMatchObject({ status: 'expired', reason: 'revoked' });
  });

  it('that returns another user is a new sign-in of that user, in all tabs', () => {
    const { signIn } = extended(grace);
    expect(signIn).toMatchObject({ user: 'grace', isObserved: true });
    expect(signIn!.id > extended(ada).signIn!.id).toBe(true);
  });

  it('that arrives after the end does not revive the session', () => {
    const ended: Input = { type: 'ended', reason: 'revoked' };
    const state = play(config, ...opened, [3, ended], [4, { type: 'extended', session: ada }]);
    expect(derive(state)).toMatchObject({ status: 'expired', reason: 'revoked' });
  });

  it('makes the answer to an earlier session request out of date', () => {
    const inputs: [number, Input][] = [
      ...opened,
      [3, { type: 'requested', request: 'session' }],
      [4, { type: 'request-started', request: 'session' }],
    ];
    const before = schedule(play(config, ...inputs)).effects;
    const after = schedule(play(config, ...inputs, [5, { type: 'extended', session: ada }]));
    expect(before).toContain('session#0');
    expect(after.effects).not.toContain('session#0');
  });
});

describe('a sign-in of this tab', () => {
  const act = (kind: 'signing-in' | 'signed-in'): Input => ({ type: 'act', kind, id: 1 });
  const event = (session: Session): Input => ({ type: 'session', session, isEvent: true });
  const inputs: [number, Input][] = [...opened, [10, act('signing-in')]];

  it('by the same user is a new sign-in, because the user has authenticated again', () => {
    const state = play(config, ...inputs, [20, act('signed-in')], [30, answer(ada)]);
    expect(state.signIn!.id > play(config, ...opened).signIn!.id).toBe(true);
  });

  it('that the source reports by an event as well is one sign-in', () => {
    const reported = play(config, ...inputs, [20, event(grace)]);
    const state = play(
      config,
      ...inputs,
      [20, event(grace)],
      [21, act('signed-in')],
      [30, answer(grace)],
    );
    expect(state.signIn?.id).toBe(reported.signIn?.id);
  });

  it('as another user than the one that the source had reported is a sign-in of its own', () => {
    const state = play(
      config,
      ...inputs,
      [20, event(grace)],
      [21, act('signed-in')],
      [30, answer(ada)],
    );
    expect(state.signIn?.user).toBe('ada');
  });
});

describe('a source that has another user than the other tabs', () => {
  const shared = configOf({ hasOtherTabs: true });
  const foreign = play(
    configOf({ tab: 'b', hasOtherTabs: true }),
    [0, { type: 'started' }],
    [1, { type: 'synced' }],
    [5, answer(grace)],
  );
  const { signIn, tokens } = foreign;
  const message: Input = {
    type: 'message',
    facts: { signIn, tokens },
    clock: { drift: 0, serverNow: null, uncertainty: null },
    confirmed: signIn!.id,
    age: 0,
  };
  const inputs: [number, Input][] = [...opened, [10, message], [20, answer(ada)]];

  it('is asked again after a second, because its SDK may read the sign-in late', () => {
    const once = play(shared, ...inputs);
    expect(once.conflict?.count).toBe(1);
    const early = play(shared, ...inputs, [500, answer(ada)]);
    expect([early.conflict?.count, early.signIn?.user]).toEqual([1, 'grace']);
  });

  it('keeps its own user in this tab after the second different answer', () => {
    const state = play(shared, ...inputs, [1_100, { type: 'synced' }], [1_200, answer(ada)]);
    expect(state.signIn?.user).toBe('ada');
    expect(state.detachedFrom).toBe(signIn!.id);
  });
});

it('what this tab states is later than every stamp that it has received, whatever its own clock says', () => {
  const ahead = play(config, ...opened).signIn!;
  const late = `${String(start + 3_600_000).padStart(15, '0')}.b`;
  const message: Input = {
    type: 'message',
    facts: { signIn: { ...ahead, extendedStamp: late }, tokens: {} },
    clock: { drift: 0, serverNow: null, uncertainty: null },
    confirmed: '',
    age: 0,
  };
  const state = play(config, ...opened, [10, message], [20, answer(ada)]);
  expect(state.own!.stamp > late).toBe(true);
});

it('an idle end that the source has confirmed is not undone by an extension before it', () => {
  const idle = configOf({ canExtend: true });
  const stated = { ...ada, idleExpiresAt: start + 60_000 };
  const inputs: [number, Input][] = [
    [0, { type: 'started' }],
    [5, answer(stated)],
  ];
  const ended = play(idle, ...inputs, [60_010, answer(null)]);
  expect(derive(ended)).toMatchObject({ status: 'expired', reason: 'idle' });
  const extended = `${String(start + 59_000).padStart(15, '0')}.b`;
  const message: Input = {
    type: 'message',
    facts: { signIn: { ...ended.signIn!, end: null, extendedStamp: extended }, tokens: {} },
    clock: { drift: 0, serverNow: null, uncertainty: null },
    confirmed: '',
    age: 0,
  };
  const state = play(idle, ...inputs, [60_010, answer(null)], [60_020, message]);
  expect(derive(state)).toMatchObject({ status: 'expired', reason: 'idle' });
});
