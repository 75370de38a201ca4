import { type MessageKey, sharedError } from '../errorMessages.js';
import { needsLogin, type SessionError } from '../errors.js';
import type { Session } from '../types.js';
import { tokenOf, usableUntil } from './accessToken.js';
import type { Config } from './config.js';
import { isOpen } from './facts.js';
import { noStamp } from './stamp.js';
import { type Call, ownerOf, requestOf, type State } from './state.js';

/** What becomes of a waiting call; `held`: it waits for the user to sign in. */
export type Decision =
  | { readonly kind: 'wait' }
  | { readonly kind: 'held'; readonly reason: Reason }
  | { readonly kind: 'resolve'; readonly value: string | Session | undefined }
  | { readonly kind: 'reject'; readonly reason: Reason };

/** A failure of the source, or the key of an error of our own. */
export type Reason = SessionError | MessageKey;

const wait: Decision = { kind: 'wait' };

export function decide(state: State, config: Config, call: Call): Decision {
  const { outcome, user, kind, after } = call;
  if (outcome === 'met') return { kind: 'resolve', value: undefined };
  if (outcome) return reject(outcome);
  const { signIn } = state;
  if (isOpen(signIn) && user !== null && user !== signIn.user) return reject('userChanged');
  if (kind === 'step-up') return decideStepUp(state, call);
  if (state.isSyncing || !isUserKnown(state)) return waitForAnswer(state, config, call, 'session');
  if (!isOpen(signIn)) return hold(state, call, state.shown ? 'ended' : 'noSession');
  if (kind === 'extension') return decideExtension(state, signIn.session);
  if (kind === 'token') return decideToken(state, config, call);
  const isNew = after === null || (state.own?.stamp ?? noStamp) > after;
  if (!isNew) return waitForAnswer(state, config, call, 'session');
  return { kind: 'resolve', value: signIn.session };
}

/** Why the first of the held calls waits for the user, or `null` where none does. */
export function loginRequired(state: State, config: Config): SessionError | null {
  if (state.prompts.login === 0) return null;
  for (const call of state.calls) {
    const decision = decide(state, config, call);
    if (decision.kind === 'held') return toError(decision.reason);
  }
  return null;
}

function isUserKnown({ isAnswered, signIn, act }: State): boolean {
  return act.kind !== 'signed-in' && (isAnswered || isOpen(signIn));
}

function decideToken(state: State, config: Config, call: Call): Decision {
  const { key, minValidity, after } = call;
  const fact = tokenOf(state, key);
  const isUsable = state.clock.device < usableUntil(state, config, key, minValidity);
  if (fact?.token && isUsable && fact.stamp > (after ?? noStamp)) {
    return { kind: 'resolve', value: fact.token.value };
  }
  return waitForAnswer(state, config, call, key);
}

function decideExtension(state: State, session: Session): Decision {
  const { isRunning, isRequested, error } = requestOf(state, 'extend');
  if (isRunning || isRequested) return wait;
  return error ? reject(error) : { kind: 'resolve', value: session };
}

/** The sign-in that meets the requirement decides it, from outside. */
function decideStepUp(state: State, call: Call): Decision {
  if (!isOpen(state.signIn) && ownerOf(state) === null) return reject('noSession');
  return canAskUser(state, call) ? { kind: 'held', reason: 'stepUp' } : reject('stepUp');
}

/** A call waits while the source fails, for `maxWait` in all. */
function waitForAnswer(state: State, { maxWait }: Config, call: Call, key: string): Decision {
  const { error, isRunning, retryAt } = requestOf(state, key);
  if (!error || isRunning) return wait;
  if (!error.retryable) return hold(state, call, error);
  return retryAt > call.since + maxWait ? reject(error) : wait;
}

function hold(state: State, call: Call, reason: Reason): Decision {
  // Our own errors at this point say that no user is signed in.
  const isCurable = typeof reason === 'string' || needsLogin(reason);
  return isCurable && canAskUser(state, call) ? { kind: 'held', reason } : reject(reason);
}

/** A user who has signed out on purpose is not asked to sign in. */
function canAskUser({ prompts, shown }: State, { mayAskUser }: Call): boolean {
  return mayAskUser && prompts.login > 0 && shown !== null;
}

function reject(reason: Reason): Decision {
  return { kind: 'reject', reason };
}

function toError(reason: Reason): SessionError {
  return typeof reason === 'string' ? sharedError(reason) : reason;
}
