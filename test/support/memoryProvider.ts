import {
  type AccessToken,
  type Session,
  SessionError,
  type SessionSource,
} from '../../src/index.js';
import type { FakeTab } from './fakeOrigin.js';

/** The user in the memory of one tab's SDK. */
interface MemoryUser {
  readonly sub: string;
  readonly signIn: number;
  readonly token: AccessToken;
}

/** How the SDK of another tab learns of a sign-in. */
export type Learning =
  /** Never: only a sign-in or a reload in that tab helps. */
  | 'never'
  /** By itself, for example by an event of storage, 400 ms later. */
  | 'later'
  /** When it is asked, by a request to the provider (`prompt=none`). */
  | 'silently';

/**
 * A provider, and SDKs that keep the user and its tokens in the memory of their tab, as keycloak-js,
 * auth0-spa-js and MSAL do.
 */
export class MemoryProvider {
  learning: Learning = 'never';
  /** The error of an SDK without a user that is asked for a token. */
  refusal: 'ERR_MISSING_SESSION' | 'ERR_LOGIN_REQUIRED' = 'ERR_LOGIN_REQUIRED';
  isDown = false;
  /** The lifetime of an access token (ms). */
  tokenLifetime = 15_000;
  /** How long an answer of the provider takes (ms). */
  latency = 50;
  refreshes = 0;
  /** The tabs whose SDK may learn of a sign-in. */
  readonly tabs: FakeTab[] = [];
  /** The provider's session, which a cookie identifies. */
  #session: { sub: string; signIn: number } | null = null;
  readonly #users = new Map<FakeTab, MemoryUser>();
  #count = 0;

  source(tab: FakeTab): SessionSource {
    const getUser = async (): Promise<MemoryUser | null> =>
      this.#users.get(tab) ?? (this.learning === 'silently' ? this.#restore(tab) : null);
    return {
      name: 'memory per tab',
      getSession: async (): Promise<Session | null> => {
        const user = await getUser();
        return user && { user: { sub: user.sub } };
      },
      getAccessToken: async (_request, { forceRefresh, now }) => {
        const user = await getUser();
        if (!user) throw new SessionError(this.refusal, 'The SDK of this tab has no user.');
        const isValid = (user.token.expiresAt ?? 0) > now();
        const current = isValid && !forceRefresh ? user : await this.#refresh(tab, user);
        return { ...current.token, sub: current.sub };
      },
      login: async () => this.signIn(tab, 'ada'),
      logout: async () => {
        this.#session = null;
        this.#users.delete(tab);
      },
      clear: async () => void this.#users.delete(tab),
    };
  }

  /** A user signs in in `tab`. */
  signIn(tab: FakeTab, sub: string): void {
    this.#session = { sub, signIn: ++this.#count };
    this.#load(tab, this.#session);
    if (this.learning !== 'later') return;
    for (const other of this.tabs) {
      const session = this.#session;
      other.setTimer(400, () => this.#session === session && this.#load(other, session));
    }
  }

  async #restore(tab: FakeTab): Promise<MemoryUser | null> {
    await this.#answer(tab);
    return this.#session && this.#load(tab, this.#session);
  }

  async #refresh(tab: FakeTab, { sub, signIn }: MemoryUser): Promise<MemoryUser> {
    await this.#answer(tab);
    if (this.#session?.signIn !== signIn) {
      throw new SessionError('ERR_REFRESH_FAILED', 'invalid_grant');
    }
    this.refreshes++;
    return this.#load(tab, { sub, signIn });
  }

  /** Waits for the provider. */
  async #answer(tab: FakeTab): Promise<void> {
    await new Promise<void>((resolve) => tab.setTimer(this.latency, resolve));
    if (this.isDown) throw new SessionError('ERR_NETWORK', 'Failed to fetch.');
  }

  #load(tab: FakeTab, { sub, signIn }: { sub: string; signIn: number }): MemoryUser {
    const issuedAt = tab.wallNow();
    const value = `secret-${sub}-${++this.#count}`;
    const user = {
      sub,
      signIn,
      token: { value, issuedAt, expiresAt: issuedAt + this.tokenLifetime },
    };
    this.#users.set(tab, user);
    return user;
  }
}
