import { toMs } from '../core/duration.js';
import { nobody } from '../core/endings.js';
import { SessionError, type SessionErrorCode } from '../core/errors.js';
import { given } from '../core/given.js';
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

/** What a `TestSource` can be asked. */
export type TestQuestion = 'getSession' | 'getAccessToken' | 'login' | 'logout' | 'extend';

export interface TestSourceOptions {
  /** Who is signed in at first; `null`: nobody. Default: somebody whose `sub` is `'test-user'`. */
  session?: Session | null;
  /** How long each access token lives. Default `'10m'`. */
  accessTokenLifetime?: Duration;
  /** How long a session lives from its sign-in, and from each `extend()`. Default: it has no end of its own. */
  sessionLifetime?: Duration;
  /** What this source has no function for, as a source need not have all. Default: nothing. */
  without?: readonly Exclude<TestQuestion, 'getSession'>[];
}

type Trouble =
  | { readonly kind: 'failing'; readonly error: Error }
  | { readonly kind: 'hanging'; readonly over: Promise<void>; readonly end: () => void };

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
  /** Whose session the server has; `null`: nobody's. The page learns it when it asks. */
  session: Session | null;
  /** Whom the next sign-in brings. */
  nextSession: Session;
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
  readonly #troubles = new Map<TestQuestion, Trouble>();
  readonly #listeners = new Set<(event: SourceEvent) => void>();

  constructor(options: TestSourceOptions = {}) {
    const { session = somebody, accessTokenLifetime = '10m', sessionLifetime } = options;
    const { without = [] } = options;
    this.session = session;
    this.nextSession = session ?? somebody;
    this.#tokenLife = toMs(accessTokenLifetime, 'accessTokenLifetime');
    this.#sessionLife = sessionLifetime ? toMs(sessionLifetime, 'sessionLifetime') : null;
    for (const question of without) Object.defineProperty(this, question, { value: undefined });
  }

  /** From now on these questions fail so; without names, all do. */
  fail(failure: SessionErrorCode | Error, ...questions: TestQuestion[]): void {
    const error =
      typeof failure === 'string'
        ? new SessionError(failure, 'The test has it so. Call recover() to end it.')
        : failure;
    this.#trouble(questions, () => ({ kind: 'failing', error }));
  }

  /** From now on these questions get no answer before `recover()`; without names, none does. */
  hang(...questions: TestQuestion[]): void {
    this.#trouble(questions, () => {
      let end!: () => void;
      const over = new Promise<void>((resolve) => {
        end = resolve;
      });
      return { kind: 'hanging', over, end };
    });
  }

  /** These questions are answered again, and so are those that hang; without names, all are. */
  recover(...questions: TestQuestion[]): void {
    for (const question of this.#named(questions)) {
      const trouble = this.#troubles.get(question);
      this.#troubles.delete(question);
      if (trouble?.kind === 'hanging') trouble.end();
    }
  }

  /** The provider tells the page by itself. With React, within `act`. */
  tell(event: SourceEvent): void {
    for (const listener of [...this.#listeners]) listener(event);
  }

  async getSession({ now }: SourceContext): Promise<Session | null> {
    await this.#meet('getSession');
    if (this.session && this.session.expiresAt === undefined) this.#prolong(this.session, now());
    return this.session;
  }

  async getAccessToken(request: AccessTokenRequest, { now }: SourceContext): Promise<AccessToken> {
    await this.#meet('getAccessToken');
    if (!this.session) throw nobody();
    const issuedAt = now();
    const value = `test-token-${this.asked.getAccessToken}`;
    return { ...request, value, issuedAt, expiresAt: issuedAt + this.#tokenLife };
  }

  async login(request: LoginRequest, { now }: SourceContext): Promise<void> {
    this.loginRequests.push(request);
    await this.#meet('login');
    const acr = request.acrValues?.[0];
    this.#prolong({ ...this.nextSession, ...given({ acr }), authenticatedAt: now() }, now());
  }

  async logout(): Promise<void> {
    await this.#meet('logout');
    this.session = null;
  }

  async extend({ now }: SourceContext): Promise<Session | null> {
    await this.#meet('extend');
    if (this.session) this.#prolong(this.session, now());
    return this.session;
  }

  subscribe(onEvent: (event: SourceEvent) => void): () => void {
    this.#listeners.add(onEvent);
    return () => this.#listeners.delete(onEvent);
  }

  /** The session is `session`, and has its whole life before it. */
  #prolong(session: Session, now: Instant): void {
    this.session =
      this.#sessionLife === null ? session : { ...session, expiresAt: now + this.#sessionLife };
  }

  #trouble(questions: TestQuestion[], make: () => Trouble): void {
    this.recover(...questions);
    for (const question of this.#named(questions)) this.#troubles.set(question, make());
  }

  #named(questions: TestQuestion[]): TestQuestion[] {
    return questions.length > 0 ? questions : (Object.keys(this.asked) as TestQuestion[]);
  }

  async #meet(question: TestQuestion): Promise<void> {
    this.asked[question]++;
    const trouble = this.#troubles.get(question);
    if (trouble?.kind === 'failing') throw trouble.error;
    await trouble?.over;
  }
}
