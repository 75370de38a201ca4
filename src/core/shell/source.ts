import { SessionError, toSessionError } from '../errors.js';
import type { LoginContext, SessionSource, SourceLoginRequest } from '../sessionSource.js';
import type {
  AccessToken,
  AccessTokenRequest,
  EndReason,
  LogoutRequest,
  Session,
} from '../types.js';
import { correctExpiry, readAccessToken, readSession } from '../validate.js';
import type { ClientContext } from './context.js';

/** A running request for a token. */
export interface TokenCall {
  readonly answer: Promise<AccessToken>;
  /**
   * Settles with the SDK's own promise, which a time-out or an abort does not end. Resolves with whether
   * the SDK returned a token after `answer` was settled.
   */
  readonly late: Promise<boolean>;
}

/** `isFresh`: a server has answered a request of the source, so the session exists now. */
export interface SessionAnswer {
  readonly session: Session | null;
  readonly isFresh?: boolean;
}

/** A `SessionSource` with time limits, abort signals and validated answers. Each rejects with a `SessionError`. */
export interface Source {
  readonly name: string;
  getSession(forceRefresh: boolean, signal: AbortSignal): Promise<SessionAnswer>;
  extend(signal: AbortSignal): Promise<Session | null>;
  getAccessToken(
    request: AccessTokenRequest,
    forceRefresh: boolean,
    signal: AbortSignal,
  ): TokenCall;
  clear(reason: EndReason, signal: AbortSignal): Promise<unknown>;
  login(
    request: SourceLoginRequest,
    whenQuiet: LoginContext['whenQuiet'],
    signal: AbortSignal,
  ): Promise<unknown>;
  /** Does nothing if the source has no `logout`. */
  logout(request: LogoutRequest, signal: AbortSignal): Promise<unknown>;
}

/** These methods have no time limit. */
const waitsForUser: readonly Method[] = ['login', 'logout'];

type Method = 'getSession' | 'getAccessToken' | 'extend' | 'login' | 'logout' | 'clear';

/** `timeout`: how long the source may take to answer (ms). */
export function createSource(
  { env, dispatch, getState, now }: Pick<ClientContext, 'env' | 'dispatch' | 'getState' | 'now'>,
  source: SessionSource,
  timeout: number,
): Source {
  const { name } = source;

  function call(
    method: Method,
    args: readonly unknown[],
    signal: AbortSignal,
    extra: Partial<LoginContext> = {},
  ): { answer: Promise<unknown>; late: Promise<boolean> } {
    const controller = new AbortController();
    const abort = (): void => controller.abort(signal.reason);
    const aborted = new Promise<never>((_, reject) => {
      controller.signal.addEventListener('abort', () => reject(controller.signal.reason));
    });
    signal.addEventListener('abort', abort);
    if (signal.aborted) abort();
    const cancelTimer = waitsForUser.includes(method)
      ? () => {}
      : env.setTimer(timeout, () => controller.abort(timedOut(name, timeout)));
    const { forceRefresh = true, ...rest } = extra;
    const context = { signal: controller.signal, forceRefresh, fetch: fetchWithDate, now, ...rest };
    let isOver = false;
    const since = getState().latest;
    const own = (async () => {
      const request = source[method] as ((...all: unknown[]) => Promise<unknown>) | undefined;
      if (!request) throw notSupported(name, method);
      return request.call(source, ...args, context);
    })();
    const late = own.then(
      () => {
        // After a time-out or an abort, the SDK may have stored the user again.
        if (isOver && !waitsForUser.includes(method)) dispatch({ type: 'late-answer', since });
        return isOver;
      },
      () => false,
    );
    // A source that ignores its signal must not block the client.
    const answer = Promise.race([own, aborted])
      .catch((thrown: unknown) => {
        throw toSessionError(thrown, name);
      })
      .finally(() => {
        isOver = true;
        cancelTimer();
        signal.removeEventListener('abort', abort);
        // After a time-out the source must stop its request.
        controller.abort();
      });
    return { answer, late };
  }

  /** The platform's `fetch`, which also reads the server's `Date` header (RFC 9110 §6.6.1, whole seconds). */
  async function fetchWithDate(...[input, init]: Parameters<typeof fetch>): Promise<Response> {
    const sentAt = env.monotonicNow();
    // The browser's own cache answers with the old `Date` and without `Age`, which would set the clock back.
    // With `no-store` it is not used (Fetch standard, HTTP-network-or-cache fetch).
    const response = await env.fetch(input, { ...init, cache: 'no-store' });
    const tolerance = 1_000 + env.monotonicNow() - sentAt;
    // A cache on the way adds `Age` (RFC 9111 §4) to the date at which the response was created.
    const date = response.headers.has('Age') ? null : response.headers.get('Date');
    const time = Date.parse(date ?? '');
    const latest = time + tolerance;
    if (Number.isFinite(time)) dispatch({ type: 'server-time', latest, tolerance });
    return response;
  }

  /** It changes only with a correction of the clock. */
  const clockAhead = (): number => now() - env.monotonicNow();

  const toSession = (answer: unknown): Session | null => readSession(answer, now(), name);

  return {
    name,
    async getSession(forceRefresh, signal) {
      let isFresh = false;
      const fetch: typeof fetchWithDate = async (...request) => {
        const response = await fetchWithDate(...request);
        isFresh ||= response.ok && !response.headers.has('Age');
        return response;
      };
      const { answer } = call('getSession', [], signal, { forceRefresh, fetch });
      return { session: toSession(await answer), isFresh };
    },
    extend: (signal) => call('extend', [], signal).answer.then(toSession),
    getAccessToken(request, forceRefresh, signal) {
      const before = clockAhead();
      const { answer, late } = call('getAccessToken', [request], signal, { forceRefresh });
      const toToken = (token: unknown): AccessToken => {
        return correctExpiry(readAccessToken(token, now(), name), before - clockAhead());
      };
      return { answer: answer.then(toToken), late };
    },
    clear: (reason, signal) => call('clear', [reason], signal).answer,
    login: (request, whenQuiet, signal) => call('login', [request], signal, { whenQuiet }).answer,
    logout: async (request, signal) => source.logout && call('logout', [request], signal).answer,
  };
}

function notSupported(name: string, method: Method): SessionError {
  return new SessionError(
    'ERR_NOT_SUPPORTED',
    `The source "${name}" has no ${method}(). Do not call it, or use a source that has one.`,
  );
}

function timedOut(name: string, timeout: number): SessionError {
  return new SessionError(
    'ERR_TIMEOUT',
    `The source "${name}" did not answer within ${timeout} ms. The request is repeated; if this continues, raise refresh.timeout.`,
  );
}
