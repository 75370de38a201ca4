import { sharedError } from '../errorMessages.js';
import { needsLogin, type SessionError } from '../errors.js';
import type { Session } from '../types.js';
import { tokenOf, usableUntil } from './accessToken.js';
import { never } from './clock.js';
import type { Decision, Reason } from './decision.js';
import { isOpen } from './facts.js';
import { requestOnce } from './requests.js';
import { noStamp } from './stamp.js';
import { type Call, type Draft, ownerOf, requestOf, type State } from './state.js';

const wait: Decision = { kind: 'wait', heldBy: null };

export function decide(state: State, call: Call): Decision {
  const { user, kind, after } = call;
  const { act, isAnswered, isSyncing, own, shown, signIn } = state;
  if (isOpen(signIn) && user !== null && user !== signIn.user) return reject('userChanged');
  if (kind === 'step-up') return decideStepUp(state, call);
  const isKnown = act.kind !== 'signed-in' && (isAnswered || isOpen(signIn));
  if (isSyncing || !isKnown) return waitForAnswer(state, call, 'session');
  // The answer to an explicit check counts, also about a session that the source did not have before.
  const isNew = after === null || (own?.stamp ?? noStamp) > after;
  if (kind === 'session' && !isNew) return waitForAnswer(state, call, 'session');
  if (!isOpen(signIn)) return hold(state, call, shown ? 'ended' : 'noSession');
  if (kind === 'extension') return decideExtension(state, signIn.session);
  if (kind === 'token') return decideToken(state, call);
  return { kind: 'resolve', value: signIn.session };
}

function decideToken(state: State, call: Call): Decision {
  const { key, minValidity, after } = call;
  const fact = tokenOf(state, key);
  const isUsable = state.clock.device < usableUntil(state, key, minValidity);
  if (fact?.token && isUsable && fact.stamp > (after ?? noStamp)) {
    return { kind: 'resolve', value: fact.token.value };
  }
  return waitForAnswer(state, call, key);
}

function decideExtension(state: State, session: Session): Decision {
  const { isRunning, isRequested, error } = requestOf(state, 'extend');
  if (isRunning || isRequested) return wait;
  return error ? reject(error) : { kind: 'resolve', value: session };
}

/** A step-up call is resolved by an input, after a sign-in that meets its requirement. */
function decideStepUp(state: State, call: Call): Decision {
  if (!isOpen(state.signIn) && ownerOf(state) === null) return reject('noSession');
  return canAskUser(state, call) ? { kind: 'wait', heldBy: 'stepUp' } : reject('stepUp');
}

/** While the source fails, a call waits for `maxWait`. */
function waitForAnswer(state: State, call: Call, key: string): Decision {
  const { error, isRunning, retryAt } = requestOf(state, key);
  if (!error || isRunning) return wait;
  if (retryAt === never) return hold(state, call, error);
  return retryAt > call.since + state.config.maxWait ? reject(error) : wait;
}

/** Holds the call if a sign-in resolves the error and something on the page can ask the user. */
function hold(state: State, call: Call, reason: Reason): Decision {
  // The core's own errors here mean that no user is signed in.
  const needsSignIn = typeof reason === 'string' || needsLogin(reason);
  return needsSignIn && canAskUser(state, call) ? { kind: 'wait', heldBy: reason } : reject(reason);
}

/** A user who has signed out is not asked to sign in again. */
function canAskUser({ prompts, shown }: State, { mayAskUser }: Call): boolean {
  return mayAskUser && prompts.login > 0 && shown !== null;
}

function heldBy(state: State, call: Call): Reason | null {
  const decision = decide(state, call);
  return decision.kind === 'wait' ? decision.heldBy : null;
}

export function reject(reason: Reason): Decision {
  return { kind: 'reject', reason };
}

/** The error of the first held call, or `null` if no call waits for a sign-in. */
export function loginRequired(state: State): SessionError | null {
  if (state.prompts.login === 0) return null;
  for (const call of state.calls) {
    const reason = heldBy(state, call);
    if (reason) return typeof reason === 'string' ? sharedError(reason) : reason;
  }
  return null;
}

export function addCall(s: Draft, call: Call): void {
  s.calls = [...s.calls, call];
  if (call.kind === 'extension') requestOnce(s, 'extend');
  const needsAnswer = call.kind === 'session' && call.after !== null;
  if (needsAnswer && !requestOf(s, 'session').isRunning) requestOnce(s, 'session');
}

/** Moves the calls that do not wait to `settled`. */
export function settleCalls(s: Draft, decideCall: (call: Call) => Decision): void {
  s.calls = s.calls.filter((call) => {
    const decision = decideCall(call);
    if (decision.kind === 'wait') return true;
    s.settled = [...s.settled, { id: call.id, decision }];
    return false;
  });
}

/** Resolves the step-up calls that match. */
export function meetCalls(s: Draft, isMet: (call: Call) => boolean): void {
  settleCalls(s, (call) => (isMet(call) ? { kind: 'resolve', value: undefined } : wait));
}

/** The user chose not to sign in. */
export function cancelHeld(s: Draft): void {
  settleCalls(s, (call) => (heldBy(s, call) ? reject('loginCancelled') : wait));
}
