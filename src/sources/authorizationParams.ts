import { omitUndefined } from '../core/omitUndefined.js';
import type { SourceLoginRequest } from '../core/sessionSource.js';

/**
 * The parameters of a sign-in as OpenID Connect spells them (Core §3.1.2.1), `max_age` in s. Only the known
 * fields are copied: an app may pass the event of a click, which must not be sent.
 */
export function toAuthorizationParams(request: SourceLoginRequest): Record<string, string> {
  const { prompt, maxAge, acrValues, scope, audience, loginHint, params } = request;
  return omitUndefined({
    ...params,
    prompt,
    max_age: maxAge === undefined ? undefined : String(maxAge / 1_000),
    acr_values: acrValues?.join(' '),
    scope,
    audience,
    login_hint: loginHint,
  }) as Record<string, string>;
}
