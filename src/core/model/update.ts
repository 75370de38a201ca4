import { needsLogin } from '../errors.js';
import { defaultToken } from './accessToken.js';
import { advance } from './clock.js';
import type { Reading } from './config.js';
import { countActivity, noteActivity } from './extension.js';
import { endOf } from './facts.js';
import type { Input, InputOf, InputType } from './input.js';
import { receiveMessage, receiveStored } from './otherTabs.js';
import * as page from './pageLifecycle.js';
import * as requests from './requests.js';
import { receiveServerTime } from './serverTime.js';
import { settle } from './settle.js';
import { changeAct, receiveExtension, receiveSession } from './signIn.js';
import { endByInput, noteCleared, noteLateAnswer } from './signOut.js';
import { type Draft, requestOf, type State } from './state.js';
import { receiveToken } from './tokenAnswers.js';
import { settleVerification } from './verification.js';
import { addCall, cancelHeld, meetCalls } from './waitingCalls.js';

/** The state after `input`. Pure, so that a log of inputs and readings replays to the same states. */
export function update(state: State, input: Input, reading: Reading): State {
  const { clock, slept } = advance(state.clock, reading);
  const s: Draft = { ...state, reading, clock, slept, settled: [] };
  // Failures from before say nothing about the network that is there now.
  if (reading.online !== state.reading.online) s.isFailing = false;
  if (slept > 0) page.handleSleep(s);
  page.handleFreeze(s, state.reading.monotonic);
  handlers[input.type](s, input as never);
  settle(s, state);
  return s;
}

type Handlers = {
  readonly [Type in InputType]: (s: Draft, input: InputOf<Type>) => void;
};

const handlers: Handlers = {
  started: page.startClient,
  stopped: page.stopClient,
  stored: receiveStored,
  suspended: page.suspendPage,
  resumed: page.resumePage,
  tick() {},
  activity: noteActivity,

  'sync-requested': countActivity,
  synced: page.finishSync,
  message: receiveMessage,
  'server-time': (s, { latest, tolerance }) => receiveServerTime(s, latest, tolerance),

  'request-started'(s, { request }) {
    const change = { isRunning: true, isRequested: false, triedAt: s.clock.device };
    requests.changeRequest(s, request, change);
  },
  'request-finished': (s, { request }) => requests.finishRequest(s, request),
  'request-failed'(s, { request, error }) {
    // Some sources report by an error that no user is signed in.
    if (request === 'session' && needsLogin(error)) return receiveSession(s, null, false);
    requests.failRequest(s, request, error);
    if (request === defaultToken) settleVerification(s, false);
  },
  requested: (s, { request }) => requests.requestOnce(s, request),
  'errors-cleared': requests.clearErrors,

  session(s, { session, isEvent, isFresh }) {
    // The source reports the sign-out that is in progress in this tab.
    if (isEvent && s.act.kind === 'signing-out') return;
    receiveSession(s, session, isEvent, isFresh);
  },
  extended: (s, { session }) => receiveExtension(s, session),
  token: (s, input) => receiveToken(s, input.request, input),
  cleared(s) {
    requests.finishRequest(s, 'clear');
    const end = endOf(s.signIn);
    if (end) noteCleared(s, end.stamp, s.clock.device);
  },
  'late-answer': noteLateAnswer,
  ended: (s, { reason }) => endByInput(s, reason),

  act: (s, { kind, id }) => changeAct(s, kind, id),
  retained(s, { request, by }) {
    requests.changeRequest(s, request, { users: requestOf(s, request).users + by });
  },
  prompt(s, { prompt, by }) {
    s.prompts = { ...s.prompts, [prompt]: s.prompts[prompt] + by };
  },

  call: (s, { call }) => addCall(s, call),
  'call-abandoned'(s, { id }) {
    s.calls = s.calls.filter((call) => call.id !== id);
  },
  'login-cancelled': cancelHeld,
  'call-met': (s, { key }) => meetCalls(s, (call) => call.key === key),
  'requirement-met'(s, { requirement }) {
    const met = JSON.stringify(requirement);
    meetCalls(s, (call) => JSON.stringify(call.requirement) === met);
  },
};
