import { needsLogin } from '../errors.js';
import { defaultToken } from './accessToken.js';
import { advance } from './clock.js';
import type { Config, Reading } from './config.js';
import { endOf } from './facts.js';
import type { Input, InputOf, InputType } from './input.js';
import { receiveMessage, receiveStored } from './otherTabs.js';
import * as page from './pageLifecycle.js';
import * as requests from './requests.js';
import { learn } from './serverTime.js';
import { settle } from './settle.js';
import { countActivity, receiveExtension, receiveSession } from './signIn.js';
import { changeAct, endByInput, noteCleared } from './signOut.js';
import { type Draft, requestOf, type State } from './state.js';
import { receiveToken } from './tokenAnswers.js';
import { settleVerification } from './verification.js';
import * as calls from './waitingCallUpdates.js';

/** The state after `input`. Pure: a recorded log of inputs and readings replays to the same states. */
export function update(state: State, input: Input, reading: Reading, config: Config): State {
  const { clock, slept } = advance(state.clock, reading);
  const s: Draft = { ...state, reading, clock, settled: [] };
  if (slept > 0) page.noticeSleep(s, slept);
  page.noticeFreeze(s, state.reading.monotonic, config);
  handlers[input.type](s, input as never, config);
  settle(s, state, config);
  return s;
}

type Handlers = {
  readonly [Type in InputType]: (s: Draft, input: InputOf<Type>, config: Config) => void;
};

const handlers: Handlers = {
  started: (s, _, config) => page.startClient(s, config),
  stored: (s, input, config) => receiveStored(s, input, config),
  stopped: page.stopClient,
  suspended: (s, _, config) => page.suspendPage(s, config),
  resumed: (s, _, config) => page.resumePage(s, config),
  activity: (s, _, config) => page.noteActivity(s, config),
  tick: () => {},

  'sync-requested': (s, _, config) => {
    if (!config.canExtend) countActivity(s);
  },
  synced: (s, _, config) => page.finishSync(s, config),
  message: (s, input, config) => receiveMessage(s, input, config),
  'server-time': (s, { latest, tolerance }) => learn(s, latest, tolerance),

  'request-started': (s, { request }) => requests.startRequest(s, request),
  'request-finished': (s, { request }) => requests.finishRequest(s, request),
  'request-failed': fail,
  requested: (s, { request }) => requests.changeRequest(s, request, { isRequested: true }),
  'errors-cleared': requests.clearErrors,

  session: (s, { session, isEvent }, config) => receiveSession(s, session, isEvent, config),
  extended: (s, { session }, config) => receiveExtension(s, session, config),
  token: (s, input, config) => receiveToken(s, input.request, input, config),
  cleared: (s) => {
    requests.finishRequest(s, 'clear');
    const end = s.signIn && endOf(s.signIn);
    if (end) noteCleared(s, end.stamp, s.clock.device);
  },
  ended: (s, { reason }) => endByInput(s, reason),

  act: (s, { kind, id }) => changeAct(s, kind, id),
  retained: (s, { request, by }) =>
    requests.changeRequest(s, request, { users: requestOf(s, request).users + by }),
  prompt: (s, { prompt, by }) => {
    s.prompts = { ...s.prompts, [prompt]: s.prompts[prompt] + by };
  },

  call: (s, { call }) => calls.addCall(s, call),
  'call-abandoned': (s, { id }) => calls.removeCall(s, id),
  'login-cancelled': (s, _, config) => calls.cancelHeld(s, config),
  'call-met': (s, { key }) => calls.meetCall(s, key),
  'requirement-met': (s, { requirement }) => calls.meetRequirement(s, requirement),
};

function fail(s: Draft, { request, error }: InputOf<'request-failed'>, config: Config): void {
  // Some sources say by an error that no user is signed in.
  if (request === 'session' && needsLogin(error)) return receiveSession(s, null, false, config);
  requests.failRequest(s, request, error);
  if (request === defaultToken) settleVerification(s, false);
}
