import {
  type AccessToken,
  type Session,
  SessionError,
  type SessionSource,
  type SourceContext,
} from '../../src/index.js';
import type { FakeTab } from './fakeOrigin.js';

/** What all tabs of an SDK that keeps its user in a shared store see. */
interface Store {
  sub: string;
  /** Of which sign-in it is: each has refresh tokens of its own. */
  signIn: number;
  refreshToken: number;
  token: AccessToken;
}

/**
 * A provider that rotates its refresh tokens and, as OAuth's security practice wants it (RFC 9700
 * §4.14.2), takes one that is used twice for stolen: the sign-in is then over.
 */
export class RotatingProvider {
  store: Store | null = null;
  /** How long an access token lives (ms). */
  tokenLife = 60_000;
  /** How long a refresh takes (ms). */
  latency = 50;
  grants = 0;
  reused = 0;
  asked = { session: 0, token: 0, extend: 0 };
  mostInFlight = 0;
  /** Whether it refuses every refresh for good. */
  revoked = false;
  /** Thrown by every refresh as long as it is set. */
  outage: SessionError | null = null;
  #issued = 0;
  /** Refresh tokens that have been used. One of an older sign-in may still be under way, unused. */
  readonly #spent = new Set<number>();
  #signIns = 0;
  readonly #flights = new Set<{ tab: FakeTab }>();

  /** The person signs in, say in a pop-up of one of the tabs. */
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
      login: async () => this.signIn(this.nextPerson, tab.wallNow()),
      logout: async () => {
        this.store = null;
      },
      extend: async () => {
        this.asked.extend++;
        return this.#session();
      },
    };
  }

  nextPerson = 'ada';

  #session(): Session | null {
    return this.store && { user: { sub: this.store.sub } };
  }

  async #getAccessToken(tab: FakeTab, context: SourceContext): Promise<AccessToken> {
    const { store } = this;
    if (!store) throw new SessionError('ERR_MISSING_SESSION', 'Nobody is signed in.');
    const alive = (store.token.expiresAt ?? 0) > context.now();
    if (!context.forceRefresh && alive) return store.token;
    this.asked.token++;
    const flight = { tab };
    this.#flights.add(flight);
    // What a tab has asked that is closed now is asked no more.
    const inFlight = [...this.#flights].filter((each) => !each.tab.closed).length;
    this.mostInFlight = Math.max(this.mostInFlight, inFlight);
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
      this.#flights.delete(flight);
    }
  }

  #grant({ sub, signIn, refreshToken }: Store, now: number): AccessToken {
    if (this.outage) throw this.outage;
    // Somebody has signed in meanwhile: what was begun before is dropped.
    if (this.store && this.store.signIn !== signIn) return this.store.token;
    if (this.#spent.has(refreshToken)) {
      this.reused++;
      this.revoked = true;
    }
    if (this.revoked) throw new SessionError('ERR_REFRESH_FAILED', 'Refused. Sign in again.');
    this.#spent.add(refreshToken);
    this.grants++;
    const token = this.#mint(sub, now);
    this.store = { sub, signIn, refreshToken: ++this.#issued, token };
    return token;
  }

  #mint(sub: string, now: number): AccessToken {
    const value = `secret-${sub}-${this.#issued}-${this.grants}`;
    return { value, issuedAt: now, expiresAt: now + this.tokenLife };
  }
}
