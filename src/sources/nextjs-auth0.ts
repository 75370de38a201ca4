import { toMs, toMsOrZero } from '../core/duration.js';
import { SessionError, type SessionErrorCode } from '../core/errors.js';
import { readJwtDates } from '../core/jwt.js';
import { omitUndefined } from '../core/omitUndefined.js';
import type {
  AccessToken,
  Duration,
  LoginRequest,
  Session,
  SessionSource,
  SourceContext,
} from '../core/types.js';
import { httpError, readJsonBody } from './jsonBody.js';
import { openPopup, sleep, untilBack } from './navigation.js';
import { readNextjsAuth0Code } from './nextjsAuth0Errors.js';
import { type ProfileOptions, readProfile, toMilliseconds } from './nextjsAuth0Profile.js';
import { type NextjsAuth0RouteOptions, resolveRoutes } from './nextjsAuth0Routes.js';
import { watchOutage } from './outage.js';

export type { NextjsAuth0RouteOptions, NextjsAuth0Routes } from './nextjsAuth0Routes.js';

export interface NextjsAuth0Options extends NextjsAuth0RouteOptions, ProfileOptions {
  /** The SDK's own `tokenRefreshBuffer`: it renews no token earlier before its end. Default 0. */
  tokenRefreshBuffer?: Duration;
  /** How long a refusal that may be an outage of the provider is taken for one. Default `'2m'`. */
  giveUpAfter?: Duration;
}

/**
 * Sign-ins by `@auth0/nextjs-auth0`, over the routes that its middleware serves.
 * Throws a `TypeError` for a duration that is none.
 * @see https://github.com/auth0/nextjs-auth0
 * @example <SessionProvider source={nextjsAuth0()} policy={hybrid({ idle: '1d', lifetime: '3d' })}>
 */
export function nextjsAuth0(options: NextjsAuth0Options = {}): SessionSource {
  const { tokenRefreshBuffer = 0, giveUpAfter = '2m' } = options;
  const { base, login, logout, profile, accessToken, extend } = resolveRoutes(options);
  const buffer = toMsOrZero(tokenRefreshBuffer, 'tokenRefreshBuffer');
  const outage = watchOutage(toMs(giveUpAfter, 'giveUpAfter'));

  /** Neither route sends `Cache-Control` in every version. */
  function ask(path: string, { fetch, signal }: SourceContext): Promise<Response> {
    return fetch(base + path, { cache: 'no-store', signal });
  }

  /** The SDK puts the base path before it by itself. */
  function inApp(path: string): string {
    const rest = path.slice(base.length);
    const isInside = path.startsWith(base) && /^([/?#]|$)/.test(rest);
    return isInside ? `/${rest.replace(/^\/+/, '')}` : path;
  }

  async function getSession(context: SourceContext): Promise<Session | null> {
    const response = await ask(profile, context);
    if (await isNobody(response)) return null;
    return readProfile(await readJsonBody(response), options);
  }

  /** What looks like an outage for too long is none; whether anybody is in, the profile tells. */
  async function judge(error: unknown, context: SourceContext): Promise<SessionError | undefined> {
    let code = readNextjsAuth0Code(error);
    if (code === 'ERR_SERVER' && outage.fail(context.now())) {
      code = (await getSession(context)) ? 'ERR_REFRESH_FAILED' : 'ERR_MISSING_SESSION';
      outage.end();
    }
    return code && noToken(code);
  }

  async function askToken(path: string, context: SourceContext): Promise<Record<string, unknown>> {
    const response = await ask(path, context);
    // What is not there, or too much to ask, is no word of the SDK's.
    const isRefusal = response.status === 401 || response.status === 403;
    return readJsonBody(response, async (error) => (isRefusal ? judge(error, context) : undefined));
  }

  return {
    name: 'nextjs-auth0',
    getSession,

    async getAccessToken(request, context) {
      // The SDK's own route does not heed `refresh`; one made with `accessTokenRoute` does.
      const refresh = context.forceRefresh || undefined;
      const path = accessToken + toQuery({ ...request, refresh });
      let answer = await askToken(path, context);
      // The SDK renews no token that lives, and counts whole seconds: the last one is waited out.
      if (answer['expires_in'] === 1) {
        await sleep(1_000);
        answer = await askToken(path, context);
      }
      outage.end();
      return toAccessToken(answer, context, buffer);
    },

    async login(request, { signal }) {
      const { display, returnTo = location.pathname + location.search } = request;
      const isRedirect = display === 'redirect';
      // Not the SDK's pop-up mode: that puts whoever signs in into the session of whoever was there.
      const target = isRedirect ? inApp(returnTo) : profile;
      const url = base + login + toQuery(toAuthorization(request, target));
      if (!isRedirect) return openPopup(url, base + profile, signal);
      location.assign(url);
      return untilBack(signal);
    },

    async logout({ returnTo }) {
      const query = toQuery({ returnTo: returnTo && location.origin + returnTo });
      location.assign(base + logout + query);
    },

    ...(extend && {
      async extend(context: SourceContext) {
        const response = await ask(extend, context);
        if (!response.ok && response.status !== 401) throw httpError(response.status);
        return getSession(context);
      },
    }),
  };
}

function noToken(code: SessionErrorCode): SessionError {
  const next = code === 'ERR_SERVER' ? 'It is asked again.' : 'Call login() to go on.';
  return new SessionError(code, `nextjs-auth0 has no new token. ${next}`);
}

/** A gateway that wants a password of its own says 401 too; the SDK says it without a word, or as version 3. */
async function isNobody(response: Response): Promise<boolean> {
  if (response.status !== 401) return response.status === 204;
  return /^$|"not_authenticated"/.test(await response.clone().text());
}

function toAccessToken(
  { token, expires_at, expires_in, refreshable, scope, token_type }: Record<string, unknown>,
  { now }: SourceContext,
  buffer: number,
): AccessToken {
  const left = toMilliseconds(expires_in);
  return omitUndefined({
    value: token as string,
    // An `expires_at` of 0: the provider did not say. The seconds left were rounded up.
    expiresAt: expires_at && left !== undefined ? now() + left - 1_000 : undefined,
    issuedAt: readJwtDates(token as string).issuedAt,
    refreshableWithin: refreshable ? undefined : buffer,
    scope: scope as string | undefined,
    tokenType: /^dpop$/i.test(token_type as string) ? 'DPoP' : undefined,
  }) as AccessToken;
}

/** One by one: what else is in the request, say an event of React's, is nobody's business. */
function toAuthorization(request: LoginRequest, returnTo: string): Fields {
  const { prompt, maxAge, acrValues, scope, audience, loginHint } = request;
  return {
    returnTo,
    prompt,
    max_age: maxAge && toMs(maxAge, 'maxAge') / 1_000,
    acr_values: acrValues?.join(' '),
    scope,
    audience,
    login_hint: loginHint,
  };
}

type Fields = Record<string, unknown>;

function toQuery(fields: Fields): string {
  const query = String(new URLSearchParams(omitUndefined(fields) as Record<string, string>));
  return query && `?${query}`;
}
