import { hashKey } from '@tanstack/react-query';
import { toMsOrZero } from '../duration.js';
import { defaultToken, isInUse, refreshAt, tokenKey, usableUntil } from '../model/accessToken.js';
import { never } from '../model/clock.js';
import { noStamp } from '../model/stamp.js';
import type { State } from '../model/state.js';
import type { AccessTokenRequest, GetAccessTokenOptions } from '../types.js';
import type { Runtime } from './runtime.js';

/** A request to an API takes no longer (ms). */
const defaultMinValidity = 10_000;

/** The default token, and until when it can be returned without a decision of the model. */
interface ReadyToken {
  readonly state: State;
  readonly promise: Promise<string>;
  isValid(): boolean;
}

/** `getAccessToken()` of a client. A call without options is fast: apps call it before every request. */
export function createGetAccessToken(
  runtime: Runtime,
): (options?: GetAccessTokenOptions) => Promise<string> {
  const { calls, catchUp, deviceNow, dispatch, env, getState, wakeAt } = runtime;
  let ready: ReadyToken | null = null;

  async function request(options: GetAccessTokenOptions): Promise<string> {
    const { forceRefresh, onExpired, refused, signal } = options;
    const minValidity = toMsOrZero(options.minValidity ?? defaultMinValidity, 'minValidity');
    signal?.throwIfAborted();
    catchUp();
    const key = keyOf(options);
    const fact = getState().tokens[key];
    const isRefused = refused !== undefined && refused === fact?.token?.value;
    const after = forceRefresh || isRefused ? (fact?.stamp ?? noStamp) : null;
    const mayAskUser = onExpired !== 'throw';
    const call = { kind: 'token', key, after, mayAskUser, minValidity } as const;
    const value = calls.decideNow(call);
    if (value === null) return calls.add(call, signal);
    const state = getState();
    const dueAt = isInUse(state, key) ? never : refreshAt(state, key);
    // The token is not kept in use, so this call causes its refresh, in the background.
    if (deviceNow() >= dueAt) dispatch({ type: 'requested', request: key });
    else if (Object.keys(options).length === 0) ready = readyToken(value, dueAt);
    return value;
  }

  function readyToken(value: string, dueAt: number): ReadyToken {
    const state = getState();
    const { device, monotonic, wall } = state.clock;
    const until = usableUntil(state, defaultToken, defaultMinValidity);
    const left = Math.min(until, dueAt, wakeAt()) - device;
    // Within one millisecond the result does not change.
    let checkedAt = Number.NaN;
    function isValid(): boolean {
      const at = env.wallNow();
      if (at === checkedAt) return true;
      if (at >= wall + left || env.monotonicNow() >= monotonic + left) return false;
      checkedAt = at;
      return true;
    }
    return { state, promise: Promise.resolve(value), isValid };
  }

  return (options) => {
    if (!options && ready?.state === getState() && ready.isValid()) return ready.promise;
    return request(options ?? {});
  };
}

/** The key of a token request in the state. */
export function keyOf({ audience, scope, params = {} }: AccessTokenRequest = {}): string {
  const hasParams = Object.keys(params).length > 0;
  const request = { audience, scope, params: hasParams ? params : undefined };
  return tokenKey(hashKey([request]).slice(1, -1));
}
