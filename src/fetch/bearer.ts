import { makeError } from '../core/errorMessages.js';
import { omitUndefined } from '../core/omitUndefined.js';
import type { SessionClient } from '../core/shell/sessionClient.js';
import { stepUp } from '../core/shell/stepUp.js';
import type { AccessTokenRequest, GetAccessTokenOptions, Instant } from '../core/types.js';
import type { Refusal } from './challenge.js';

/** An API that refuses each new token causes at most one refresh in this time (ms). */
const minRefreshInterval = 10_000;

export type BearerOptions = Pick<
  GetAccessTokenOptions,
  keyof AccessTokenRequest | 'minValidity' | 'onExpired'
>;

/** The access tokens for the calls to an API, and the replacement of those that it refuses. */
export class Bearer {
  readonly #client: SessionClient;
  readonly #options: BearerOptions;
  readonly #request: AccessTokenRequest;
  /** The latest token that was replaced because the API refused it, and the time of that. */
  #replaced: { readonly token: string; readonly at: Instant } | null = null;

  constructor(client: SessionClient, options: BearerOptions) {
    const { audience, scope, params, minValidity, onExpired } = options;
    this.#client = client;
    this.#request = omitUndefined({ audience, scope, params });
    this.#options = { ...this.#request, ...omitUndefined({ minValidity, onExpired }) };
  }

  /** The key of the user for whom a call is made now. */
  get userKey(): string | null {
    return this.#client.getUserKey();
  }

  token(signal: AbortSignal, forceRefresh = false): Promise<string> {
    return this.#client.getAccessToken({ ...this.#options, forceRefresh, signal });
  }

  /** Whether the refused token may be replaced now; `false` while refreshes are throttled. */
  canReplace(refusal: Refusal, token: string): boolean {
    if (!this.#mustRefresh(refusal, token) || !this.#replaced) return true;
    const { token: replaced, at } = this.#replaced;
    return token === replaced || this.#client.now() - at >= minRefreshInterval;
  }

  /**
   * Gets a token that replaces the refused one. Throws `ERR_USER_CHANGED` if the user is no longer
   * `userKey`: a call that one user started is not repeated for another.
   */
  async replace(
    refusal: Refusal,
    token: string,
    userKey: string | null,
    signal: AbortSignal,
  ): Promise<string> {
    if (userKey !== this.userKey) throw makeError('userChanged');
    if (refusal.kind === 'step-up' && this.#isCurrent(token)) {
      const { acrValues, maxAge } = refusal;
      const { onExpired } = this.#options;
      const request = omitUndefined({ acrValues, maxAge, onExpired });
      await stepUp(this.#client, { ...request, force: true, signal });
    }
    const mustRefresh = this.#mustRefresh(refusal, token);
    if (mustRefresh && token !== this.#replaced?.token) {
      this.#replaced = { token, at: this.#client.now() };
    }
    const newToken = await this.token(signal, mustRefresh);
    if (userKey !== this.userKey) throw makeError('userChanged');
    return newToken;
  }

  #mustRefresh({ kind }: Refusal, token: string): boolean {
    return kind === 'invalid-token' && this.#isCurrent(token);
  }

  /** If not, another call has replaced the token meanwhile, and no refresh or step-up is needed. */
  #isCurrent(token: string): boolean {
    return this.#client.peekAccessToken(this.#request) === token;
  }
}
