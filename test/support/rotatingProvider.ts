import {
  type AccessToken,
  type Session,
  SessionError,
  type SessionSource,
  type SourceContext,
} from '../../src/index.js';
import type { FakeTab } from './fakeOrigin.js';

/** The storage that the SDKs of all tabs share. */
interface Store {
  sub: string;
  /** Identifies the sign-in: each sign-in has its own refresh tokens. */
  signIn: number;
  refreshToken: number;
  token: AccessToken;
}

/**
 * A provider that rotates refresh tokens. A refresh token that is used twice ends the sign-in, as
 * RFC 9700 §4.14.2 recommends.
 */
export class RotatingProvider {
  store: Store | null = null;
  /** The user of the next `login()`. */
  nextUser = 'ada';
  /** The lifetime of an access token (ms). */
  tokenLifetime = 60_000;
  /** How long a refresh takes (ms). */
  latency = 50;
  grants = 0;
  /** How often a refresh token was used a second time. */
  reused = 0;
  /** How many requests of each kind the provider has received. */
  asked = { session: 0, token: 0, extend: 0 };
  /** The most refreshes at the same time. */
  maxInFlight = 0;
  /** Every refresh is refused for good. */
  revoked = false;
  /** Thrown by every refresh while it is set. */
  outage: SessionError | null = null;
  #issued = 0;
  /** Refresh tokens that were used. A refresh of an older sign-in may still use its own. */
  readonly #usedRefreshTokens = new Set<number>();
  #signIns = 0;
  readonly #running = new Set<{ tab: FakeTab }>();

  /** A user signs in, for example in a pop-up of one of the tabs. */
  signIn(sub: string, now: number): void {
    this.revoked = false;
    const signIn = ++this.#signIns;
    this.store = { sub, signIn, refreshToken: ++this.#issued, token: this.#mint(sub, now) };
  }

  /** The SDK in one tab. */
  source(tab: FakeTab): SessionSource {
    return {
      name: 'rotating',
      getSession: async () => {
        this.asked.session++;
        return this.#session();
      },
      getAccessToken: (_request, context) => this.#getAccessToken(tab, context),
      login: async () => this.signIn(this.nextUser, tab.wallNow()),
      logout: async () => {
        this.store = null;
      },
      extend: async () => {
        this.asked.extend++;
        return this.#session();
      },
    };
  }

  #session(): Session | null {
    return this.store && { user: { sub: this.store.sub } };
  }

  async #getAccessToken(tab: FakeTab, context: SourceContext): Promise<AccessToken> {
    const { store } = this;
    if (!store) throw new SessionError('ERR_MISSING_SESSION', 'No user is signed in.');
    const isValid = (store.token.expiresAt ?? 0) > context.now();
    if (!context.forceRefresh && isValid) return store.token;
    this.asked.token++;
    const request = { tab };
    this.#running.add(request);
    // Closing a tab aborts its requests.
    const inFlight = [...this.#running].filter((each) => !each.tab.closed).length;
    this.maxInFlight = Math.max(this.maxInFlight, inFlight);
    const used = { ...store };
    try {
      await new Promise<void>((resolve, reject) => {
        const cancel = tab.setTimer(this.latency, resolve);
        context.signal.addEventListener('abort', () => {
          cancel();
          reject(context.signal.reason);
        });
      });
      return this.#grant(used, context.now());
    } finally {
      this.#running.delete(request);
    }
  }

  #grant({ sub, signIn, refreshToken }: Store, now: number): AccessToken {
    if (this.outage) throw this.outage;
    // A user has signed in since: the result of a refresh of an earlier sign-in is dropped.
    if (this.store && this.store.signIn !== signIn) return this.store.token;
    if (this.#usedRefreshTokens.has(refreshToken)) {
      this.reused++;
      this.revoked = true;
    }
    if (this.revoked) throw new SessionError('ERR_REFRESH_FAILED', 'Refused. Sign in again.');
    this.#usedRefreshTokens.add(refreshToken);
    this.grants++;
    const token = this.#mint(sub, now);
    this.store = { sub, signIn, refreshToken: ++this.#issued, token };
    return token;
  }

  #mint(sub: string, now: number): AccessToken {
    const value = `secret-${sub}-${this.#issued}-${this.grants}`;
    return { value, issuedAt: now, expiresAt: now + this.tokenLifetime };
  }
}
