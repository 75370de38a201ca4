/** What an API says is wrong with the token that it was sent. */
export type Refusal =
  /** The token is dead, revoked or unknown; or the API does not say, or may not be read. */
  | { readonly kind: 'invalid-token' }
  /** The person must prove more, or anew, who they are (RFC 9470). */
  | {
      readonly kind: 'step-up';
      readonly acrValues: string[] | undefined;
      /** In ms. */
      readonly maxAge: number | undefined;
    }
  /** No token of this kind will do: this scope is missing (RFC 6750 §3.1). */
  | { readonly kind: 'insufficient-scope'; readonly scope: string | undefined };

/** A header is for people to read; what is longer is something else (UTF-16 units). */
const longestHeader = 4_000;
/** `name=value`, `name="value"`, or the scheme that begins a challenge (RFC 9110 §11.6.1). */
const parts = /([\w!#$%&'*+.^`|~-]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]*)))?/g;
/** Scopes and contexts, as they may be written (RFC 6749 §3.3). */
const words = /^[\x21\x23-\x5b\x5d-\x7e]+( [\x21\x23-\x5b\x5d-\x7e]+)*$/;

/** Why a request was refused, where it was for its token; `null` where it was not. */
export function readRefusal({ status, headers }: Response): Refusal | null {
  if (status !== 401 && status !== 403) return null;
  const challenges = parseChallenges(headers.get('WWW-Authenticate') ?? '');
  const bearer = challenges.find(({ scheme }) => scheme === 'bearer');
  const error = bearer?.params.get('error');
  if (bearer && error === 'insufficient_scope') {
    return { kind: 'insufficient-scope', scope: readWords(bearer.params.get('scope')) };
  }
  if (status === 403) return null;
  if (bearer && error === 'insufficient_user_authentication') return readStepUp(bearer.params);
  // A page may read the header of another origin only where that exposes it: most do not.
  const isUnsaid = challenges.length === 0 || (bearer && error === undefined);
  return isUnsaid || error === 'invalid_token' ? { kind: 'invalid-token' } : null;
}

function readStepUp(params: ReadonlyMap<string, string>): Refusal {
  const maxAge = params.get('max_age') ?? '';
  return {
    kind: 'step-up',
    acrValues: readWords(params.get('acr_values'))?.split(' '),
    maxAge: /^\d{1,9}$/.test(maxAge) ? Number(maxAge) * 1_000 : undefined,
  };
}

function readWords(text = ''): string | undefined {
  return words.test(text) ? text : undefined;
}

interface Challenge {
  readonly scheme: string;
  readonly params: Map<string, string>;
}

function parseChallenges(header: string): Challenge[] {
  const challenges: Challenge[] = [];
  for (const [, name = '', quoted, plain] of header.slice(0, longestHeader).matchAll(parts)) {
    const value = quoted?.replace(/\\(.)/g, '$1') ?? plain;
    if (value === undefined) challenges.push({ scheme: name.toLowerCase(), params: new Map() });
    else challenges.at(-1)?.params.set(name.toLowerCase(), value);
  }
  return challenges;
}
