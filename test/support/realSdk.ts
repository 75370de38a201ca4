import {
  type AccessToken,
  type Session,
  SessionError,
  type SessionSource,
  type SourceContext,
} from '../../src/index.js';
import type { FakeTab } from './fakeOrigin.js';

/** What the SDK keeps of its user. */
interface SdkUser {
  readonly sub: string;
  /** Which sign-in it is: each has refresh tokens of its own. */
  readonly signIn: number;
  readonly refreshToken: number;
  /** A JWT: its dates are the server's (epoch ms). */
  readonly token: { value: string; issuedAt: number; expiresAt: number };
}

interface Write {
  readonly user: SdkUser | null;
  readonly by: FakeTab;
  /** From when on other tabs see it (ms, of the device, never set back). */
  readonly visibleAt: number;
}

interface Flight {
  readonly tab: FakeTab;
}

/**
 * A client-side SDK as they really are, with its provider. It keeps its user in a store that other tabs see
 * late, ignores abort signals, stores an answer that comes after it was told to stop, and sometimes never
 * answers. The provider rotates refresh tokens and takes one that is used twice for stolen (RFC 9700 §4.14.2).
 */
export class RealSdk {
  /** The server's clock (epoch ms). */
  readonly serverNow: () => number;
  readonly monotonicNow: () => number;
  /** How late another tab sees what was stored (ms), and how long an answer takes (ms). */
  lag = 0;
  latency = 50;
  tokenLife = 60_000;
  /** How the provider answers refreshes. */
  mood: 'good' | 'down' | 'never' = 'good';
  nextUser = 'ada';
  /** Whether sessions say when the user authenticated. */
  tellsAuthentication = true;
  reused = 0;
  clears = 0;
  grants = 0;
  mostInFlight = 0;
  /** Requests of each tab to its SDK. */
  readonly asked: Map<FakeTab, number> = new Map();
  /** Sign-ins that the provider has ended. */
  readonly ended: Set<number> = new Set();
  readonly #signedInAt = new Map<number, number>();
  readonly #expiries = new Map<string, number>();
  readonly #spent = new Set<number>();
  readonly #flights = new Set<Flight>();
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

  /** A user signs in by a window of `tab`. */
  signIn(tab: FakeTab, sub: string): void {
    const signIn = ++this.#signIns;
    this.#signedInAt.set(signIn, this.serverNow());
    this.#store(tab, { sub, signIn, refreshToken: ++this.#issued, token: this.#mint(sub, signIn) });
  }

  /** All tabs see what was stored so far, say after a sleep. */
  showAll(): void {
    this.#writes = this.#writes.slice(-1).map((write) => ({ ...write, visibleAt: 0 }));
  }

  /** When the token expires (epoch ms). */
  expiryOf(token: string): number {
    return this.#expiries.get(token) ?? Number.POSITIVE_INFINITY;
  }

  /** The provider ends every sign-in so far. */
  revoke(): void {
    for (let signIn = 1; signIn <= this.#signIns; signIn++) this.ended.add(signIn);
  }

  source(tab: FakeTab): SessionSource {
    const ask = <Answer>(answer: () => Answer | Promise<Answer>): Promise<Answer> => {
      this.asked.set(tab, (this.asked.get(tab) ?? 0) + 1);
      return Promise.resolve().then(answer);
    };
    return {
      name: 'real',
      storageDelay: 600,
      getSession: () => ask(() => this.#session(tab)),
      getAccessToken: (_request, context) => ask(() => this.#getAccessToken(tab, context)),
      login: () => ask(() => this.signIn(tab, this.nextUser)),
      logout: () =>
        ask(() => {
          const user = this.#read(tab);
          if (user) this.ended.add(user.signIn);
          this.#store(tab, null);
        }),
      clear: () =>
        ask(() => {
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
    const dates = this.tellsAuthentication && authenticatedAt ? { authenticatedAt } : {};
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
    if (this.mood === 'never') return new Promise(() => {});
    const flight = { tab };
    this.#flights.add(flight);
    const running = [...this.#flights].filter((each) => !each.tab.closed).length;
    this.mostInFlight = Math.max(this.mostInFlight, running);
    const isDown = this.mood === 'down';
    await new Promise<void>((resolve) => tab.setTimer(this.latency, resolve));
    this.#flights.delete(flight);
    if (isDown) throw new TypeError('Failed to fetch');
    const renewed = this.#grant(user);
    // Whatever has happened since: a sign-out, or the sign-in of another user.
    this.#store(tab, renewed);
    return renewed;
  }

  #grant(user: SdkUser): SdkUser {
    const { sub, signIn, refreshToken } = user;
    if (this.#spent.has(refreshToken)) {
      this.reused++;
      this.ended.add(signIn);
    }
    if (this.ended.has(signIn)) throw new SessionError('ERR_REFRESH_FAILED', 'invalid_grant');
    this.#spent.add(refreshToken);
    this.grants++;
    return { ...user, refreshToken: ++this.#issued, token: this.#mint(sub, signIn) };
  }

  #mint(sub: string, signIn: number): SdkUser['token'] {
    const issuedAt = Math.floor(this.serverNow() / 1_000) * 1_000;
    const value = `secret-${sub}-${signIn}-${++this.#issued}`;
    this.#expiries.set(value, issuedAt + this.tokenLife);
    return { value, issuedAt, expiresAt: issuedAt + this.tokenLife };
  }

  #store(tab: FakeTab, user: SdkUser | null): void {
    this.#writes.push({ user, by: tab, visibleAt: this.monotonicNow() + this.lag });
  }

  /** The latest write that this tab sees; a page that is closed leaves nothing behind unwritten. */
  #read(tab: FakeTab): SdkUser | null {
    const now = this.monotonicNow();
    const isVisible = ({ by, visibleAt }: Write): boolean =>
      by === tab || by.closed || visibleAt <= now;
    return this.#writes.findLast(isVisible)?.user ?? null;
  }
}
