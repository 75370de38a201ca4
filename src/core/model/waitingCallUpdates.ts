import type { AuthRequirement } from '../types.js';
import type { Config } from './config.js';
import { changeRequest } from './requests.js';
import { type Call, type Draft, requestOf } from './state.js';
import { decide } from './waitingCalls.js';

export function addCall(s: Draft, call: Call): void {
  s.calls = [...s.calls, call];
  if (call.kind === 'extension') changeRequest(s, 'extend', { isRequested: true });
  const mustAsk = call.kind === 'session' && call.after !== null;
  if (mustAsk && !requestOf(s, 'session').isRunning) {
    changeRequest(s, 'session', { isRequested: true });
  }
}

/** Its caller has given it up. */
export function removeCall(s: Draft, id: string): void {
  s.calls = s.calls.filter((call) => call.id !== id);
}

/** The user chose not to sign in: the calls that wait for it are rejected. */
export function cancelHeld(s: Draft, config: Config): void {
  s.calls = s.calls.map((call) =>
    decide(s, config, call).kind === 'held' ? { ...call, outcome: 'loginCancelled' } : call,
  );
}

/** A sign-in that was asked for the requirement is done. */
export function meetRequirement(s: Draft, requirement: AuthRequirement): void {
  const met = JSON.stringify(requirement);
  s.calls = s.calls.map((call) =>
    call.requirement && JSON.stringify(call.requirement) === met
      ? { ...call, outcome: 'met' }
      : call,
  );
}

/** The session shows what the call waits for. */
export function meetCall(s: Draft, key: string): void {
  s.calls = s.calls.map((call) => (call.key === key ? { ...call, outcome: 'met' } : call));
}
