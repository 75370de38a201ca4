import { makeError } from '../core/errorMessages.js';
import { omitUndefined } from '../core/omitUndefined.js';
import type { SessionClient } from '../core/shell/sessionClient.js';
import { stepUp } from '../core/shell/stepUp.js';
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
    this.#options = omitUndefined({ audience, scope, minValidity, onExpired });
    this.#wanted = omitUndefined({ audience, scope });
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
    if (!this.#isToReplace(refusal, token) || !this.#replaced) return true;
    const { token: replaced, at } = this.#replaced;
    return token === replaced || this.#client.now() - at >= betweenRenewals;
  }

  /** Another token, for the same person: what one has begun is not sent again as another. */
  async another(
    refusal: Refusal,
    token: string,
    owner: string | undefined,
    signal: AbortSignal,
  ): Promise<string> {
    if (owner !== this.owner) throw makeError('userChanged');
    if (refusal.kind === 'step-up' && this.#isCurrent(token)) {
      const { acrValues, maxAge } = refusal;
      const { onExpired } = this.#options;
      const request = omitUndefined({ acrValues, maxAge, onExpired });
      await stepUp(this.#client, { ...request, force: true, signal });
    }
    const isToReplace = this.#isToReplace(refusal, token);
    if (isToReplace && token !== this.#replaced?.token) {
      this.#replaced = { token, at: this.#client.now() };
    }
    const newer = await this.token(signal, isToReplace);
    if (owner !== this.owner) throw makeError('userChanged');
    return newer;
  }

  #isToReplace({ kind }: Refusal, token: string): boolean {
    return kind === 'invalid-token' && this.#isCurrent(token);
  }

  /** Else others have renewed it meanwhile, and there is nothing to be cured. */
  #isCurrent(token: string): boolean {
    return this.#client.peekAccessToken(this.#wanted) === token;
  }
}
