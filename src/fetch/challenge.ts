/** Why an API refused a token. */
export type Refusal =
  /** The token is expired, revoked or unknown; or the API gives no reason, or none that the page may read. */
  | { readonly kind: 'invalid-token' }
  /** The user must authenticate again, or in a stronger way (RFC 9470). */
  | {
      readonly kind: 'step-up';
      readonly acrValues: string[] | undefined;
      /** In ms. */
      readonly maxAge: number | undefined;
    }
  /** The token lacks this scope (RFC 6750 §3.1). */
  | { readonly kind: 'insufficient-scope'; readonly scope: string | undefined };

/** The rest of a longer header is ignored (UTF-16 code units). */
const maxHeaderLength = 4_000;
/** `name=value`, `name="value"`, or the scheme that begins a challenge (RFC 9110 §11.6.1). */
const challengeParts = /([\w!#$%&'*+.^`|~-]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]*)))?/g;
/** A space-separated list of scopes or of `acr` values (RFC 6749 §3.3). */
const tokenList = /^[\x21\x23-\x5b\x5d-\x7e]+( [\x21\x23-\x5b\x5d-\x7e]+)*$/;

/** Reads why a token was refused; `null` if the response is not a refusal of the token. */
export function readRefusal({ status, headers }: Response): Refusal | null {
  if (status !== 401 && status !== 403) return null;
  const challenges = parseChallenges(headers.get('WWW-Authenticate') ?? '');
  const bearer = challenges.find(({ scheme }) => scheme === 'bearer');
  const error = bearer?.params.get('error');
  if (bearer && error === 'insufficient_scope') {
    return { kind: 'insufficient-scope', scope: readTokenList(bearer.params.get('scope')) };
  }
  if (status === 403) return null;
  if (bearer && error === 'insufficient_user_authentication') return readStepUp(bearer.params);
  // Without `Access-Control-Expose-Headers`, a page cannot read the header of another origin.
  const isUnspecified = challenges.length === 0 || (bearer && error === undefined);
  return isUnspecified || error === 'invalid_token' ? { kind: 'invalid-token' } : null;
}

function readStepUp(params: ReadonlyMap<string, string>): Refusal {
  const maxAge = params.get('max_age') ?? '';
  return {
    kind: 'step-up',
    acrValues: readTokenList(params.get('acr_values'))?.split(' '),
    maxAge: /^\d{1,9}$/.test(maxAge) ? Number(maxAge) * 1_000 : undefined,
  };
}

function readTokenList(text = ''): string | undefined {
  return tokenList.test(text) ? text : undefined;
}

interface Challenge {
  readonly scheme: string;
  readonly params: Map<string, string>;
}

function parseChallenges(header: string): Challenge[] {
  const challenges: Challenge[] = [];
  for (const [, name = '', quoted, plain] of header
    .slice(0, maxHeaderLength)
    .matchAll(challengeParts)) {
    const value = quoted?.replace(/\\(.)/g, '$1') ?? plain;
    if (value === undefined) challenges.push({ scheme: name.toLowerCase(), params: new Map() });
    else challenges.at(-1)?.params.set(name.toLowerCase(), value);
  }
  return challenges;
}
