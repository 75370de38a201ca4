import type {
  AccessToken,
  AccessTokenRequest,
  LoginRequest,
  Session,
  SessionSource,
  SourceContext,
  SourceEvent,
} from '../../src/index.js';

/** A source whose answers a test writes; it counts what it was asked. */
export class FakeSource implements SessionSource {
  readonly name = 'fake';
  session: Session | null = { user: { sub: 'ada', name: 'Ada' } };
  /** How long an access token lives (ms). */
  tokenLife = 60_000;
  asked = { session: 0, token: 0, login: 0, logout: 0, extend: 0 };
  /** The latest. */
  loginRequest: LoginRequest = {};
  inFlight = 0;
  mostInFlight = 0;
  onEvent: ((event: SourceEvent) => void) | null = null;
  /** Replace one to make the source fail, hang or lie. */
  answerSession: (context: SourceContext) => Promise<Session | null> = async () => this.session;
  answerToken: (request: AccessTokenRequest, context: SourceContext) => Promise<AccessToken> =
    async (_request, context) => this.mint(context);
  answerLogin: () => Promise<void> = async () => {};

  mint({ now }: Pick<SourceContext, 'now'>): AccessToken {
    return {
      value: `secret-${this.asked.token}`,
      expiresAt: now() + this.tokenLife,
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
    this.mostInFlight = Math.max(this.mostInFlight, this.inFlight);
    try {
      return await this.answerToken(request, context);
    } finally {
      this.inFlight--;
    }
  }

  async login(request: LoginRequest): Promise<void> {
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
