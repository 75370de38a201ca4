import { expect, it } from 'vitest';
import { defaultToken } from '../../../src/core/model/accessToken.js';
import { initialState } from '../../../src/core/model/initialState.js';
import { isShared, sharedFacts } from '../../../src/core/model/sharedFacts.js';
import { ada, at, configOf, play, tokenAnswer } from './support.js';

const signedIn = play(
  configOf(),
  [0, { type: 'started' }],
  [1, { type: 'synced' }],
  [2, { type: 'session', session: ada, isEvent: false }],
  [3, tokenAnswer()],
);

it('the facts of a signed-in tab are shared while it runs', () => {
  expect(isShared(signedIn)).toBe(true);
  expect(isShared({ ...signedIn, isRunning: false })).toBe(false);
});

it('neither the user of this tab alone nor a rendered session is shared', () => {
  expect(isShared({ ...signedIn, detachedFrom: 'a stamp' })).toBe(false);
  const rendered = initialState(ada, at(0), configOf());
  expect(rendered.signIn).not.toBeNull();
  expect(isShared({ ...rendered, isRunning: true })).toBe(false);
  expect(isShared({ ...signedIn, signIn: null })).toBe(false);
});

it('a token that is not shared keeps its dates and its stamps', () => {
  const before = signedIn.tokens[defaultToken]!;
  expect(sharedFacts(signedIn, true).tokens[defaultToken]).toEqual(before);
  const { signIn, tokens } = sharedFacts(signedIn, false);
  expect(signIn).toEqual(signedIn.signIn);
  expect(tokens[defaultToken]).toEqual({ ...before, token: null });
});
