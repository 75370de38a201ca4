import { toMs } from '../core/duration.js';
import { makeError } from '../core/errorMessages.js';
import { SessionError, type SessionErrorCode } from '../core/errors.js';
import { omitUndefined } from '../core/omitUndefined.js';
import type {
  AccessToken,
  AccessTokenRequest,
  Duration,
  Instant,
  LoginRequest,
  Session,
  SessionSource,
  SourceContext,
  SourceEvent,
} from '../core/types.js';
import { type TestQuestion, Troubles } from './troubles.js';

export interface TestSourceOptions {
  /** Who is signed in at first; `null`: nobody. Default: somebody whose `sub` is `'test-user'`. */
  session?: Session | null | undefined;
  /** How long each access token lives. Default `'10m'`. */
  accessTokenLifetime?: Duration | undefined;
  /**
   * How long a session lives from its sign-in, and from each `extend()`. Default: it has no end, or
   * one of its own that cannot be moved.
   */
  sessionLifetime?: Duration | undefined;
  /** What this source has no function for, as a source need not have all. Default: nothing. */
  without?: readonly Exclude<TestQuestion, 'getSession'>[] | undefined;
}

const somebody: Session = { user: { sub: 'test-user' } };

/**
 * A provider of sign-ins that does what a test says. Nothing leaves the page, and an answer is there
 * at once. Throws a `TypeError` for a lifetime that is no duration.
 * @example
 * const source = new TestSource({ accessTokenLifetime: '5m' });
 * source.fail('ERR_REFRESH_FAILED', 'getAccessToken');
 */
export class TestSource implements SessionSource {
  readonly name = 'test';
  /**
   * What the next sign-in brings, as it is; what it does not say, as the sign-in asks. `null`, as at
   * first: the same person again.
   */
  nextSession: Session | null = null;
  /** How often each question was asked. */
  readonly asked: Record<TestQuestion, number> = {
    getSession: 0,
    getAccessToken: 0,
    login: 0,
    logout: 0,
    extend: 0,
  };
  /** What the sign-ins were to be like, the latest last. */
  readonly loginRequests: LoginRequest[] = [];
  readonly #tokenLife: number;
  readonly #sessionLife: number | null;
  #session: Session | null;
  #latestUser: Session['user'];
  readonly #troubles = new Troubles();
  readonly #listeners = new Set<(event: SourceEvent) => void>();

  constructor(options: TestSourceOptions = {}) {
    const { session = somebody, accessTokenLifetime = '10m' } = options;
    const { sessionLifetime, without = [] } = options;
    this.#session = session;
    this.#latestUser = (session ?? somebody).user;
    this.#tokenLife = toMs(accessTokenLifetime, 'accessTokenLifetime');
    this.#sessionLife =
      sessionLifetime === undefined ? null : toMs(sessionLifetime, 'sessionLifetime');
    for (const question of without) Object.defineProperty(this, question, { value: undefined });
  }

  /** Whose session the server has; `null`: nobody's. The page learns it when it asks. */
  get session(): Session | null {
    return this.#session;
  }

  set session(session: Session | null) {
    this.#session = session;
    if (session) this.#latestUser = session.user;
  }

  /**
   * From now on these questions fail so, and those that hang; without names, all do. Throws a
   * `TypeError` for a question that there is not.
   */
  fail(failure: SessionErrorCode | Error, ...questions: TestQuestion[]): void {
    const error =
      typeof failure === 'string'
        ? new SessionError(failure, 'The test has it so. Call recover() to end it.')
        : failure;
    this.#troubles.fail(error, questions);
  }

  /** From now on these questions get no answer before `recover()`; without names, none does. Throws as `fail()`. */
  hang(...questions: TestQuestion[]): void {
    this.#troubles.hang(questions);
  }

  /** These questions are answered again, and so are those that hang; without names, all are. Throws as `fail()`. */
  recover(...questions: TestQuestion[]): void {
    this.#troubles.end(questions);
  }

  /** The provider tells the page by itself, and knows it too. With React, within `act`. */
  tell(event: SourceEvent): void {
    this.session = event.type === 'session' ? event.session : null;
    for (const listener of [...this.#listeners]) listener(event);
  }

  async getSession({ now }: SourceContext): Promise<Session | null> {
    await this.#meet('getSession');
    if (this.session) this.session = { ...this.#dates(now()), ...this.session };
    return this.session;
  }

  async getAccessToken(request: AccessTokenRequest, { now }: SourceContext): Promise<AccessToken> {
    await this.#meet('getAccessToken');
    if (!this.session) throw makeError('nobody');
    const issuedAt = now();
    const value = `test-token-${this.asked.getAccessToken}`;
    return { ...request, value, issuedAt, expiresAt: issuedAt + this.#tokenLife };
  }

  async login(request: LoginRequest, { now, signal }: SourceContext): Promise<void> {
    this.loginRequests.push(request);
    await this.#meet('login');
    signal.throwIfAborted();
    this.session = {
      user: this.#latestUser,
      ...this.#dates(now()),
      ...omitUndefined({ acr: request.acrValues?.[0], authenticatedAt: now() }),
      ...this.nextSession,
    };
  }

  async logout(): Promise<void> {
    await this.#meet('logout');
    this.session = null;
  }

  async extend({ now }: SourceContext): Promise<Session | null> {
    await this.#meet('extend');
    if (this.session?.expiresAt !== undefined && this.#sessionLife === null) throw unmovable();
    this.session = this.session && { ...this.session, ...this.#dates(now()) };
    return this.session;
  }

  subscribe(onEvent: (event: SourceEvent) => void): () => void {
    this.#listeners.add(onEvent);
    return () => this.#listeners.delete(onEvent);
  }

  /** Of a session that has its whole life before it. */
  #dates(now: Instant): Pick<Session, 'expiresAt'> {
    return this.#sessionLife === null ? {} : { expiresAt: now + this.#sessionLife };
  }

  #meet(question: TestQuestion): Promise<void> {
    this.asked[question]++;
    return this.#troubles.meet(question);
  }
}

function unmovable(): SessionError {
  return new SessionError(
    'ERR_NOT_SUPPORTED',
    'This TestSource does not know how far to move the end of a session. Give it a sessionLifetime, or make it { without: ["extend"] }.',
  );
}
