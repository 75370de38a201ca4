import { browserEnvironment, type Environment } from '../environment.js';
import { makeError } from '../errorMessages.js';
import { needsLogin } from '../errors.js';
import { expiryOf, tokenOf } from '../model/accessToken.js';
import { refuseExtension } from '../model/extension.js';
import type { Input } from '../model/input.js';
import { noStamp } from '../model/stamp.js';
import { checkOptions, type SessionClientOptions } from '../options.js';
import { runOnce } from '../runOnce.js';
import type { SessionEvent, Snapshot } from '../snapshot.js';
import type { Session } from '../types.js';
import { createGetAccessToken, keyOf } from './accessTokenCalls.js';
import { clientOfOtherCopy, offerClient, type PageClient } from './clientOfPage.js';
import { createLogin } from './login.js';
import { createLogout } from './logout.js';
import { createRuntime } from './runtime.js';
import type { SessionClient } from './sessionClient.js';
import { createStartCount } from './startCount.js';

/**
 * Creates a client. It sends no request and sets no timer before `start()` or the first call.
 * If another copy of the package has created a client of this name on the page, both use that one, with its options.
 * Throws a `TypeError` for an invalid source, policy or option. `environment` replaces the browser in tests.
 * @example createSessionClient({ source: oidcClient(userManager), policy: hybrid({ idle: '30m' }) })
 */
export function createSessionClient(
  options: SessionClientOptions,
  environment?: Environment,
): SessionClient {
  checkOptions(options);
  if (environment) return createOwnClient(options, environment).client;
  const other = clientOfOtherCopy(options);
  if (other) return other;
  const page = createOwnClient(options, browserEnvironment());
  offerClient(page);
  return page.client;
}

function createOwnClient(options: SessionClientOptions, environment: Environment): PageClient {
  const runtime = createRuntime(options, environment);
  const { calls, catchUp, config, deviceNow, dispatch, getSnapshot, getState, listeners } = runtime;
  const login = createLogin(runtime);
  const logout = createLogout(runtime, login.nextId, () => getSession());
  const initialSnapshot = withoutDates(getSnapshot());
  const changeStarts = createStartCount((isRunning) => {
    if (isRunning) return runtime.start();
    dispatch({ type: 'stopped' });
    login.cancel();
  });

  /** Dispatches `add`, and returns a function that dispatches it once with `by: -1`. */
  function register(add: Extract<Input, { by: unknown }>): () => void {
    dispatch(add);
    return runOnce(() => dispatch({ ...add, by: -1 }));
  }

  const client: SessionClient = {
    name: options.name ?? options.source.name,
    environment,
    hasAccessTokens: config.hasTokens,
    start: () => changeStarts(1),
    stop: () => changeStarts(-1),
    subscribe: listeners.subscribe,
    on: (type, handler) => listeners.on(type, handler as (event: SessionEvent) => void),
    getSnapshot,
    getInitialSnapshot: () => initialSnapshot,
    getUserKey() {
      const { session } = getSnapshot();
      return session && config.userOf(session);
    },
    getLog: runtime.getLog,
    now: runtime.now,
    reportActivity: runtime.reportActivity,

    getAccessToken: createGetAccessToken(runtime),
    getAccessTokenState: (request) => runtime.accessTokenState(keyOf(request)),
    peekAccessToken(request) {
      const fact = tokenOf(getState(), keyOf(request));
      const isValid = fact !== null && deviceNow() < expiryOf(getState(), fact);
      return isValid ? (fact.token?.value ?? null) : null;
    },
    retainAccessToken: (request) => register({ type: 'retained', request: keyOf(request), by: 1 }),
    async refresh(request) {
      if (!config.hasTokens) return void (await askSource());
      await getSession();
      dispatch({ type: 'errors-cleared' });
      const key = keyOf(request);
      const after = getState().tokens[key]?.stamp ?? noStamp;
      await calls.add({ kind: 'token', key, after });
    },

    async checkSession(signal) {
      try {
        return await askSource(signal);
      } catch (error) {
        if (needsLogin(error)) return null;
        throw error;
      }
    },
    getSession,
    async extend() {
      await getSession();
      catchUp();
      const refusal = refuseExtension(getState());
      if (refusal) throw makeError(refusal);
      await calls.add({ kind: 'extension' });
    },

    login: (request = {}) => login.start(request),
    cancelLogin() {
      login.cancel();
      dispatch({ type: 'login-cancelled' });
    },
    logout: (request = {}) => logout(request),
    notifyRevoked: () => dispatch({ type: 'ended', reason: 'revoked' }),

    waitForStepUp(requirement, key, signal) {
      catchUp();
      return calls.add({ kind: 'step-up', key, requirement, mayAskUser: true }, signal);
    },
    meetStepUp: (key) => dispatch({ type: 'call-met', key }),
    addLoginPrompt() {
      const remove = register({ type: 'prompt', prompt: 'login', by: 1 });
      // In a microtask, so that another prompt can replace this one.
      return () => queueMicrotask(remove);
    },
    addExpiryPrompt: () => register({ type: 'prompt', prompt: 'expiry', by: 1 }),
  };
  return { client, onAny: listeners.onAny };

  /** The session by an answer of the source to a request that is sent now. */
  function askSource(signal?: AbortSignal): Promise<Session> {
    catchUp();
    dispatch({ type: 'errors-cleared' });
    return calls.add({ kind: 'session', after: getState().latest }, signal);
  }

  function getSession(
    ...[{ onExpired = 'throw', signal } = {}]: Parameters<SessionClient['getSession']>
  ): Promise<Session> {
    return calls.add({ kind: 'session', mayAskUser: onExpired === 'wait' }, signal);
  }
}

/** A server and a browser compute different deadlines: the first snapshot has none. */
function withoutDates(snapshot: Snapshot): Snapshot {
  if (snapshot.status !== 'active' && snapshot.status !== 'expiring') return snapshot;
  return { ...snapshot, status: 'active', deadline: null, canExtend: false };
}
