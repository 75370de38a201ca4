import {
  type AccessToken,
  type Session,
  SessionError,
  type SessionErrorCode,
  type SessionSource,
  type SourceContext,
} from '../../src/index.js';
import { TestEnvironment } from '../../src/testing/testEnvironment.js';

/** How the source answers the next request. */
export type Behavior =
  | 'succeed'
  | 'no-session'
  | 'hang'
  | 'same-token'
  | 'expired-token'
  | 'throw-string'
  | SessionErrorCode;

/** A device whose clock may be wrong, and the server of its source, whose clock is right. */
export class DeviceWithServer extends TestEnvironment {
  /** The server's clock (epoch ms). */
  serverTime: number;
  behavior: { session: Behavior; token: Behavior } = { session: 'succeed', token: 'succeed' };
  /** The user whose session the server returns. */
  user = 'ada';
  /** The lifetime of an access token (ms). */
  tokenLifetime = 60_000;
  /** `expiresAt` is server time, as in a JWT; else the source adds the remaining seconds to `now()`. */
  usesServerDates = false;
  requests: { kind: 'session' | 'token'; at: number }[] = [];
  /** The most token requests at the same time. */
  maxTokenRequests = 0;
  #runningTokenRequests = 0;
  #issued = 0;
  #latestToken: AccessToken | null = null;
  /** When each token expires (server time). */
  readonly #expiries = new Map<string, number>();

  constructor(clockError: number, random: () => number) {
    super(Date.UTC(2026, 0, 1) + clockError, random);
    this.serverTime = Date.UTC(2026, 0, 1);
    this.fetch = async () =>
      new Response('', { headers: { Date: new Date(this.serverTime).toUTCString() } });
  }

  override sleep(ms: number): void {
    this.serverTime += ms;
    super.sleep(ms);
  }

  /**
   * The user sets the device's clock. The page resumes first, because setting the clock back would hide
   * an earlier sleep.
   */
  setWallClock(by: number): void {
    this.resume();
    this.wall += by;
    this.resume();
  }

  protected override pass(ms: number): void {
    this.serverTime += ms;
    super.pass(ms);
  }

  isExpired(token: string): boolean {
    return this.serverTime >= (this.#expiries.get(token) ?? Number.NEGATIVE_INFINITY);
  }

  readonly source: SessionSource = {
    name: 'server',
    getSession: (context) => this.#getSession(context),
    getAccessToken: async (_request, context) => {
      this.#runningTokenRequests++;
      this.maxTokenRequests = Math.max(this.maxTokenRequests, this.#runningTokenRequests);
      try {
        return await this.#getAccessToken(context);
      } finally {
        this.#runningTokenRequests--;
      }
    },
    login: async () => {},
    logout: async () => {},
  };

  async #getSession(context: SourceContext): Promise<Session | null> {
    this.requests.push({ kind: 'session', at: this.serverTime });
    await context.fetch('/session');
    await this.#hangOrThrow(this.behavior.session, context);
    return this.behavior.session === 'no-session' ? null : { user: { sub: this.user } };
  }

  async #getAccessToken(context: SourceContext): Promise<AccessToken> {
    this.requests.push({ kind: 'token', at: this.serverTime });
    await context.fetch('/token');
    await this.#hangOrThrow(this.behavior.token, context);
    if (this.behavior.token === 'same-token' && this.#latestToken) return this.#latestToken;
    const lifetime = this.behavior.token === 'expired-token' ? -1_000 : this.tokenLifetime;
    const value = `token-${this.#issued++}-of-${this.user}`;
    this.#expiries.set(value, this.serverTime + lifetime);
    const now = this.usesServerDates ? this.serverTime : context.now();
    this.#latestToken = { value, expiresAt: now + lifetime };
    return this.#latestToken;
  }

  async #hangOrThrow(behavior: Behavior, { signal }: SourceContext): Promise<void> {
    if (behavior === 'hang') {
      await new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
      });
    }
    if (behavior === 'throw-string') throw 'a string';
    if (behavior.startsWith('ERR_')) {
      throw new SessionError(behavior as SessionErrorCode, 'it failed');
    }
  }
}
