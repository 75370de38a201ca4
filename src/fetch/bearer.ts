import { userChanged } from '../core/endings.js';
import { given } from '../core/given.js';
import type { SessionClient } from '../core/sessionClient.js';
import { stepUp } from '../core/stepUp.js';
import type { AccessTokenRequest, GetAccessTokenOptions, Instant } from '../core/types.js';
import type { Refusal } from './challenge.js';

/** How long a new token is taken for good, whatever the API says of it (ms). */
const betweenRenewals = 10_000;

export type BearerOptions = Pick<
  GetAccessTokenOptions,
  'audience' | 'scope' | 'minValidity' | 'onExpired'
>;

/** The tokens that the calls to an API bear, and what becomes of those that it refuses. */
export class Bearer {
  readonly #client: SessionClient;
  readonly #options: BearerOptions;
  readonly #wanted: AccessTokenRequest;
  /** The latest token that another has taken the place of because it was refused, and when. */
  #replaced: { readonly token: string; readonly at: Instant } | null = null;

  constructor(client: SessionClient, options: BearerOptions) {
    const { audience, scope, minValidity, onExpired } = options;
    this.#client = client;
    this.#options = given({ audience, scope, minValidity, onExpired });
    this.#wanted = given({ audience, scope });
  }

  /** Who is meant by a call that is made now. */
  get owner(): string | undefined {
    return this.#client.getSnapshot().session?.user.sub;
  }

  token(signal: AbortSignal, forceRefresh = false): Promise<string> {
    return this.#client.getAccessToken({ ...this.#options, forceRefresh, signal });
  }

  /** Whether another token may fare better: an API that refuses each new one must cause no storm. */
  isWorthAnother(refusal: Refusal, token: string): boolean {
    if (refusal.kind !== 'invalid-token' || !this.#isCurrent(token)) return true;
    const now = this.#client.now();
    const { token: replaced, at = Number.NEGATIVE_INFINITY } = this.#replaced ?? {};
    if (token === replaced) return true;
    if (now - at < betweenRenewals) return false;
    this.#replaced = { token, at: now };
    return true;
  }

  /** Another token, for the same person: what one has begun is not sent again as another. */
  async another(
    refusal: Refusal,
    token: string,
    owner: string | undefined,
    signal: AbortSignal,
  ): Promise<string> {
    if (owner !== this.owner) throw userChanged();
    // Of a token that others have renewed meanwhile there is nothing to be cured.
    const isCurrent = this.#isCurrent(token);
    if (isCurrent && refusal.kind === 'step-up') {
      const { acrValues, maxAge } = refusal;
      const { onExpired } = this.#options;
      const request = given({ acrValues, maxAge, onExpired });
      await stepUp(this.#client, { ...request, force: true, signal });
    }
    const newer = await this.token(signal, isCurrent && refusal.kind === 'invalid-token');
    if (owner !== this.owner) throw userChanged();
    return newer;
  }

  #isCurrent(token: string): boolean {
    return this.#client.peekAccessToken(this.#wanted) === token;
  }
}
