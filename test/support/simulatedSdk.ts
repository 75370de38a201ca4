import {
  type AccessToken,
  type Session,
  SessionError,
  type SessionSource,
  type SourceContext,
} from '../../src/index.js';
import type { FakeTab } from './fakeOrigin.js';

/** What the SDK stores for its user. */
interface SdkUser {
  readonly sub: string;
  /** Identifies the sign-in: each sign-in has its own refresh tokens. */
  readonly signIn: number;
  readonly refreshToken: number;
  /** A JWT: its dates are server time (epoch ms). */
  readonly token: { value: string; issuedAt: number; expiresAt: number };
}

/** One write to the storage of the SDK. */
interface Write {
  readonly user: SdkUser | null;
  readonly by: FakeTab;
  /** When other tabs can read it (monotonic ms). */
  readonly visibleAt: number;
}

/**
 * A client-side SDK with its provider, and with the faults of real ones: other tabs read its storage
 * late, it ignores abort signals, it stores an answer that arrives after the abort, and it may never
 * answer. The provider rotates refresh tokens, and a refresh token that is used twice ends the sign-in
 * (RFC 9700 §4.14.2).
 */
export class SimulatedSdk {
  /** The server's clock (epoch ms). */
  readonly serverNow: () => number;
  readonly monotonicNow: () => number;
  /** How long it takes until other tabs can read what was stored (ms). */
  storageLag = 0;
  /** How long an answer takes (ms). */
  latency = 50;
  /** The lifetime of an access token (ms). */
  tokenLifetime = 60_000;
  /** How the provider answers refreshes. */
  provider: 'up' | 'down' | 'hanging' = 'up';
  /** The user of the next `login()`. */
  nextUser = 'ada';
  /** Whether sessions have `authenticatedAt`. */
  hasAuthTime = true;
  /** How often a refresh token was used a second time. */
  reused = 0;
  clears = 0;
  grants = 0;
  /** The most refreshes at the same time. */
  maxInFlight = 0;
  /** How many requests each tab has sent to its SDK. */
  readonly requestCounts: Map<FakeTab, number> = new Map();
  /** Sign-ins that the provider has ended. */
  readonly ended: Set<number> = new Set();
  readonly #signedInAt = new Map<number, number>();
  readonly #expiries = new Map<string, number>();
  readonly #usedRefreshTokens = new Set<number>();
  readonly #running = new Set<{ tab: FakeTab }>();
  #writes: Write[] = [];
  #issued = 0;
  #signIns = 0;

  constructor(serverNow: () => number, monotonicNow: () => number) {
    this.serverNow = serverNow;
    this.monotonicNow = monotonicNow;
  }

  /** The latest sign-in. */
  get latestSignIn(): number {
    return this.#signIns;
  }

  /** A user signs in, in a window that `tab` has opened. */
  signIn(tab: FakeTab, sub: string): void {
    const signIn = ++this.#signIns;
    this.#signedInAt.set(signIn, this.serverNow());
    this.#store(tab, { sub, signIn, refreshToken: ++this.#issued, token: this.#mint(sub, signIn) });
  }

  /** All tabs can read what was stored so far, for example after a sleep. */
  flushStorage(): void {
    this.#writes = this.#writes.slice(-1).map((write) => ({ ...write, visibleAt: 0 }));
  }

  /** When the token expires (epoch ms, server time). */
  expiryOf(token: string): number {
    return this.#expiries.get(token) ?? Number.POSITIVE_INFINITY;
  }

  /** The provider ends all sign-ins so far. */
  revoke(): void {
    for (let signIn = 1; signIn <= this.#signIns; signIn++) this.ended.add(signIn);
  }

  source(tab: FakeTab): SessionSource {
    const request = <Answer>(answer: () => Answer | Promise<Answer>): Promise<Answer> => {
      this.requestCounts.set(tab, (this.requestCounts.get(tab) ?? 0) + 1);
      return Promise.resolve().then(answer);
    };
    return {
      name: 'simulated',
      storageDelay: 600,
      getSession: () => request(() => this.#session(tab)),
      getAccessToken: (_request, context) => request(() => this.#getAccessToken(tab, context)),
      login: () => request(() => this.signIn(tab, this.nextUser)),
      logout: () =>
        request(() => {
          const user = this.#read(tab);
          if (user) this.ended.add(user.signIn);
          this.#store(tab, null);
        }),
      clear: () =>
        request(() => {
          this.clears++;
          this.#store(tab, null);
        }),
    };
  }

  #session(tab: FakeTab): Session | null {
    const user = this.#read(tab);
    if (!user) return null;
    const { sub, signIn } = user;
    const authenticatedAt = this.#signedInAt.get(signIn);
    const dates = this.hasAuthTime && authenticatedAt ? { authenticatedAt } : {};
    return { user: { sub, signIn }, ...dates };
  }

  async #getAccessToken(tab: FakeTab, context: SourceContext): Promise<AccessToken> {
    const user = this.#read(tab);
    if (!user) throw new SessionError('ERR_MISSING_SESSION', 'The SDK has no user.');
    const { token, sub } = user;
    if (!context.forceRefresh && token.expiresAt > context.now()) return { ...token, sub };
    const renewed = await this.#refresh(tab, user);
    return { ...renewed.token, sub: renewed.sub };
  }

  async #refresh(tab: FakeTab, user: SdkUser): Promise<SdkUser> {
    if (this.provider === 'hanging') return new Promise(() => {});
    const request = { tab };
    this.#running.add(request);
    const inFlight = [...this.#running].filter((each) => !each.tab.closed).length;
    this.maxInFlight = Math.max(this.maxInFlight, inFlight);
    const isDown = this.provider === 'down';
    await new Promise<void>((resolve) => tab.setTimer(this.latency, resolve));
    this.#running.delete(request);
    if (isDown) throw new TypeError('Failed to fetch');
    const renewed = this.#grant(user);
    // Stored even after a sign-out or the sign-in of another user in the meantime.
    this.#store(tab, renewed);
    return renewed;
  }

  #grant(user: SdkUser): SdkUser {
    const { sub, signIn, refreshToken } = user;
    if (this.#usedRefreshTokens.has(refreshToken)) {
      this.reused++;
      this.ended.add(signIn);
    }
    if (this.ended.has(signIn)) throw new SessionError('ERR_REFRESH_FAILED', 'invalid_grant');
    this.#usedRefreshTokens.add(refreshToken);
    this.grants++;
    return { ...user, refreshToken: ++this.#issued, token: this.#mint(sub, signIn) };
  }

  #mint(sub: string, signIn: number): SdkUser['token'] {
    const issuedAt = Math.floor(this.serverNow() / 1_000) * 1_000;
    const value = `secret-${sub}-${signIn}-${++this.#issued}`;
    this.#expiries.set(value, issuedAt + this.tokenLifetime);
    return { value, issuedAt, expiresAt: issuedAt + this.tokenLifetime };
  }

  #store(tab: FakeTab, user: SdkUser | null): void {
    this.#writes.push({ user, by: tab, visibleAt: this.monotonicNow() + this.storageLag });
  }

  /** The latest write that `tab` can read. The writes of a closed tab are visible at once. */
  #read(tab: FakeTab): SdkUser | null {
    const now = this.monotonicNow();
    const isVisible = ({ by, visibleAt }: Write): boolean =>
      by === tab || by.closed || visibleAt <= now;
    return this.#writes.findLast(isVisible)?.user ?? null;
  }
}
