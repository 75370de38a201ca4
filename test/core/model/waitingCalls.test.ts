import { describe, expect, it } from 'vitest';
import type { Input } from '../../../src/core/model/input.js';
import type { Call } from '../../../src/core/model/state.js';
import type { Session } from '../../../src/index.js';
import { ada, configOf, grace, play, tokenAnswer, tokenCall } from './support.js';

const config = configOf();
const answer = (session: Session | null): Input => ({ type: 'session', session, isEvent: true });

const call = (fields: Partial<Call> = {}): Input => tokenCall({ mayAskUser: true, ...fields });
const token = tokenAnswer();

const opened: [number, Input][] = [
  [0, { type: 'started' }],
  [1, { type: 'synced' }],
];

describe('a call that waits for a token', () => {
  it('that was made before the first sign-in is resolved after it', () => {
    const state = play(config, ...opened, [2, call()], [3, answer(ada)], [4, token]);
    expect(state.settled).toMatchObject([{ id: '1', decision: { kind: 'resolve', value: 't' } }]);
  });

  it('that was made before the first sign-in belongs to its user, not to the next one', () => {
    const state = play(config, ...opened, [2, call()], [3, answer(ada)], [4, answer(grace)]);
    const reason = 'userChanged';
    expect(state.settled).toMatchObject([{ id: '1', decision: { kind: 'reject', reason } }]);
  });

  it('that one user made is not replayed for another, who signs in after the end', () => {
    const prompt: Input = { type: 'prompt', prompt: 'login', by: 1 };
    const ended: Input = { type: 'ended', reason: 'revoked' };
    const held: [number, Input][] = [
      ...opened,
      [2, prompt],
      [3, answer(ada)],
      [4, call({ user: 'ada' })],
      [5, ended],
    ];
    expect(play(config, ...held).calls).toHaveLength(1);
    expect(play(config, ...held, [6, answer(ada)], [7, token]).settled).toMatchObject([
      { decision: { kind: 'resolve', value: 't' } },
    ]);
    expect(play(config, ...held, [6, answer(grace)]).settled).toMatchObject([
      { decision: { kind: 'reject', reason: 'userChanged' } },
    ]);
  });
});
