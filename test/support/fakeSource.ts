import type {
  AccessToken,
  AccessTokenRequest,
  Session,
  SessionSource,
  SourceContext,
  SourceEvent,
  SourceLoginRequest,
} from '../../src/index.js';

/** A source whose answers a test sets. It counts the requests that it receives. */
export class FakeSource implements SessionSource {
  readonly name = 'fake';
  session: Session | null = { user: { sub: 'ada', name: 'Ada' } };
  /** The lifetime of an access token (ms). */
  tokenLifetime = 60_000;
  /** How many requests of each kind the source has received. */
  asked = { session: 0, token: 0, login: 0, logout: 0, extend: 0 };
  /** The latest `login()` request. */
  loginRequest: SourceLoginRequest = {};
  /** Token requests that are running now, and the most at the same time. */
  inFlight = 0;
  maxInFlight = 0;
  /** Emits an event of the source; `null` while no client is subscribed. */
  onEvent: ((event: SourceEvent) => void) | null = null;
  // A test replaces these to make the source fail, hang or give a wrong answer.
  answerSession: (context: SourceContext) => Promise<Session | null> = async () => this.session;
  answerToken: (request: AccessTokenRequest, context: SourceContext) => Promise<AccessToken> =
    async (_request, context) => this.mint(context);
  answerLogin: () => Promise<void> = async () => {};

  mint({ now }: Pick<SourceContext, 'now'>): AccessToken {
    return {
      value: `secret-${this.asked.token}`,
      expiresAt: now() + this.tokenLifetime,
      issuedAt: now(),
    };
  }

  async getSession(context: SourceContext): Promise<Session | null> {
    this.asked.session++;
    return this.answerSession(context);
  }

  async getAccessToken(request: AccessTokenRequest, context: SourceContext): Promise<AccessToken> {
    this.asked.token++;
    this.inFlight++;
    this.maxInFlight = Math.max(this.maxInFlight, this.inFlight);
    try {
      return await this.answerToken(request, context);
    } finally {
      this.inFlight--;
    }
  }

  async login(request: SourceLoginRequest): Promise<void> {
    this.asked.login++;
    this.loginRequest = request;
    await this.answerLogin();
  }

  async logout(): Promise<void> {
    this.asked.logout++;
    this.session = null;
  }

  subscribe(onEvent: (event: SourceEvent) => void): () => void {
    this.onEvent = onEvent;
    return () => {
      this.onEvent = null;
    };
  }
}
