import { toMs } from '../core/duration.js';
import { makeError } from '../core/errorMessages.js';
import { SessionError, type SessionErrorCode } from '../core/errors.js';
import { omitUndefined } from '../core/omitUndefined.js';
import type { SessionSource, SourceContext, SourceEvent } from '../core/sessionSource.js';
import type {
  AccessToken,
  AccessTokenRequest,
  Duration,
  Instant,
  LoginRequest,
  Session,
} from '../core/types.js';
import { SimulatedFailures, type TestRequest } from './simulatedFailures.js';

export interface TestSourceOptions {
  /** The initial session; `null`: no session. Default: a session whose `sub` is `'test-user'`. */
  session?: Session | null | undefined;
  /** The lifetime of each access token. Default `'10m'`. */
  accessTokenLifetime?: Duration | undefined;
  /**
   * The lifetime of a session from its sign-in, and from each `extend()`. Default: the session's own
   * `expiresAt`, which cannot be extended, or no end.
   */
  sessionLifetime?: Duration | undefined;
  /** The functions that this source does not have; all but `getSession` are optional. Default: none. */
  without?: readonly Exclude<TestRequest, 'getSession'>[] | undefined;
}

const defaultSession: Session = { user: { sub: 'test-user' } };

/**
 * A source that a test controls. It sends no request and answers at once. Throws a `TypeError` for an
 * invalid lifetime.
 * @example
 * const source = new TestSource({ accessTokenLifetime: '5m' });
 * source.fail('ERR_REFRESH_FAILED', 'getAccessToken');
 */
export class TestSource implements SessionSource {
  readonly name = 'test';
  /**
   * The session of the next sign-in. Fields that it does not set follow the sign-in's request.
   * `null` (default): the same user signs in again.
   */
  nextSession: Session | null = null;
  /** The number of requests by function. */
  readonly requestCounts: Record<TestRequest, number> = {
    getSession: 0,
    getAccessToken: 0,
    login: 0,
    logout: 0,
    extend: 0,
  };
  /** The requests of the sign-ins, the latest last. */
  readonly loginRequests: LoginRequest[] = [];
  readonly #tokenLifetime: number;
  readonly #sessionLifetime: number | null;
  #session: Session | null;
  #latestUser: Session['user'];
  readonly #failures = new SimulatedFailures();
  readonly #listeners = new Set<(event: SourceEvent) => void>();

  constructor(options: TestSourceOptions = {}) {
    const { session = defaultSession, accessTokenLifetime = '10m' } = options;
    const { sessionLifetime, without = [] } = options;
    this.#session = session;
    this.#latestUser = (session ?? defaultSession).user;
    this.#tokenLifetime = toMs(accessTokenLifetime, 'accessTokenLifetime');
    this.#sessionLifetime =
      sessionLifetime === undefined ? null : toMs(sessionLifetime, 'sessionLifetime');
    for (const request of without) Object.defineProperty(this, request, { value: undefined });
  }

  /** The session on the server; `null`: none. The page receives a change with its next request. */
  get session(): Session | null {
    return this.#session;
  }

  set session(session: Session | null) {
    this.#session = session;
    if (session) this.#latestUser = session.user;
  }

  /**
   * From now on these requests fail, and those that hang are rejected; without names, all requests.
   * Throws a `TypeError` for an unknown name.
   */
  fail(failure: SessionErrorCode | Error, ...requests: TestRequest[]): void {
    const error =
      typeof failure === 'string'
        ? new SessionError(failure, 'The test made this request fail. Call recover() to end it.')
        : failure;
    this.#failures.fail(error, requests);
  }

  /** From now on these requests hang until `recover()`; without names, all requests. Throws as `fail()`. */
  hang(...requests: TestRequest[]): void {
    this.#failures.hang(requests);
  }

  /** From now on these requests succeed, and those that hang are answered; without names, all requests. Throws as `fail()`. */
  recover(...requests: TestRequest[]): void {
    this.#failures.end(requests);
  }

  /** Reports an event of the provider to the client, and sets `session` accordingly. With React, call it within `act`. */
  emit(event: SourceEvent): void {
    this.session = event.type === 'session' ? event.session : null;
    for (const listener of [...this.#listeners]) listener(event);
  }

  async getSession({ now }: SourceContext): Promise<Session | null> {
    await this.#answer('getSession');
    if (this.session) this.session = { ...this.#dates(now()), ...this.session };
    return this.session;
  }

  async getAccessToken(request: AccessTokenRequest, { now }: SourceContext): Promise<AccessToken> {
    await this.#answer('getAccessToken');
    if (!this.session) throw makeError('noSession');
    const issuedAt = now();
    const value = `test-token-${this.requestCounts.getAccessToken}`;
    return { ...request, value, issuedAt, expiresAt: issuedAt + this.#tokenLifetime };
  }

  async login(request: LoginRequest, { now, signal }: SourceContext): Promise<void> {
    this.loginRequests.push(request);
    await this.#answer('login');
    signal.throwIfAborted();
    this.session = {
      user: this.#latestUser,
      ...this.#dates(now()),
      ...omitUndefined({ acr: request.acrValues?.[0], authenticatedAt: now() }),
      ...this.nextSession,
    };
  }

  async logout(): Promise<void> {
    await this.#answer('logout');
    this.session = null;
  }

  async extend({ now }: SourceContext): Promise<Session | null> {
    await this.#answer('extend');
    if (this.session?.expiresAt !== undefined && this.#sessionLifetime === null)
      throw notExtendable();
    this.session = this.session && { ...this.session, ...this.#dates(now()) };
    return this.session;
  }

  subscribe(onEvent: (event: SourceEvent) => void): () => void {
    this.#listeners.add(onEvent);
    return () => this.#listeners.delete(onEvent);
  }

  /** The dates of a session that starts, or is extended, at `now`. */
  #dates(now: Instant): Pick<Session, 'expiresAt'> {
    return this.#sessionLifetime === null ? {} : { expiresAt: now + this.#sessionLifetime };
  }

  #answer(request: TestRequest): Promise<void> {
    this.requestCounts[request]++;
    return this.#failures.apply(request);
  }
}

function notExtendable(): SessionError {
  return new SessionError(
    'ERR_NOT_SUPPORTED',
    'This TestSource cannot extend a session, because it has no sessionLifetime. Give it a sessionLifetime, or create it with { without: ["extend"] }.',
  );
}
