import { toMs, toMsOrZero } from '../core/duration.js';
import { SessionError, type SessionErrorCode } from '../core/errors.js';
import { readJwtDates } from '../core/jwt.js';
import { omitUndefined } from '../core/omitUndefined.js';
import type { SessionSource, SourceContext, SourceLoginRequest } from '../core/sessionSource.js';
import type { AccessToken, Duration, Session } from '../core/types.js';
import { httpError, readJsonBody } from './jsonBody.js';
import { openPopup, sleep, untilUserReturns } from './navigation.js';
import { readNextjsAuth0Code } from './nextjsAuth0Errors.js';
import { type ProfileOptions, readProfile, toMilliseconds } from './nextjsAuth0Profile.js';
import { type NextjsAuth0RouteOptions, resolveRoutes } from './nextjsAuth0Routes.js';
import { trackOutage } from './outage.js';

export type { NextjsAuth0RouteOptions, NextjsAuth0Routes } from './nextjsAuth0Routes.js';

export interface NextjsAuth0Options extends NextjsAuth0RouteOptions, ProfileOptions {
  /** The SDK's own `tokenRefreshBuffer`: how long before its expiry the SDK refreshes a token. Default 0. */
  tokenRefreshBuffer?: Duration;
  /** How long an ambiguous refusal is treated as an outage of the provider. Default `'2m'`. */
  giveUpAfter?: Duration;
}

/**
 * A source for `@auth0/nextjs-auth0`, which uses the routes that the SDK's middleware serves.
 * Throws a `TypeError` for an invalid duration.
 * @see https://github.com/auth0/nextjs-auth0
 * @example <SessionProvider source={nextjsAuth0()} policy={hybrid({ idle: '1d', lifetime: '3d' })}>
 */
export function nextjsAuth0(options: NextjsAuth0Options = {}): SessionSource {
  const { tokenRefreshBuffer = 0, giveUpAfter = '2m' } = options;
  const { base, login, logout, profile, accessToken, extend } = resolveRoutes(options);
  const buffer = toMsOrZero(tokenRefreshBuffer, 'tokenRefreshBuffer');
  const outage = trackOutage(toMs(giveUpAfter, 'giveUpAfter'));

  /** `no-store`, because not every version of the SDK sends `Cache-Control`. */
  function fetchRoute(path: string, { fetch, signal }: SourceContext): Promise<Response> {
    return fetch(base + path, { cache: 'no-store', signal });
  }

  /** Removes the base path, because the SDK adds it to `returnTo`. */
  function withoutBasePath(path: string): string {
    const rest = path.slice(base.length);
    const isInside = path.startsWith(base) && /^([/?#]|$)/.test(rest);
    return isInside ? `/${rest.replace(/^\/+/, '')}` : path;
  }

  async function getSession(context: SourceContext): Promise<Session | null> {
    const response = await fetchRoute(profile, context);
    if (await isSignedOut(response)) return null;
    return readProfile(await readJsonBody(response), options);
  }

  /** An ambiguous failure that lasts too long is a refusal; the profile says whether a session exists. */
  async function readTokenError(
    error: unknown,
    context: SourceContext,
  ): Promise<SessionError | undefined> {
    let code = readNextjsAuth0Code(error);
    if (code === 'ERR_SERVER' && outage.recordFailure(context.now())) {
      code = (await getSession(context)) ? 'ERR_REFRESH_FAILED' : 'ERR_MISSING_SESSION';
      outage.reset();
    }
    return code && tokenError(code);
  }

  async function fetchToken(
    path: string,
    context: SourceContext,
  ): Promise<Record<string, unknown>> {
    const response = await fetchRoute(path, context);
    // Other statuses, such as 404 or 429, do not come from the SDK.
    const isRefusal = response.status === 401 || response.status === 403;
    return readJsonBody(response, async (error) =>
      isRefusal ? readTokenError(error, context) : undefined,
    );
  }

  return {
    // Two apps of one origin must not share their sign-ins.
    name: `nextjs-auth0${base}`,
    getSession,

    async getAccessToken({ params, ...request }, context) {
      if (params) throw noParams();
      // The SDK's own route ignores `refresh`; one created with `accessTokenRoute` supports it.
      const refresh = context.forceRefresh || undefined;
      const path = accessToken + toQuery({ ...request, refresh });
      let answer = await fetchToken(path, context);
      // The SDK refreshes no token that is still valid and counts whole seconds: wait for the last one.
      if (answer['expires_in'] === 1) {
        await sleep(1_000);
        answer = await fetchToken(path, context);
      }
      outage.reset();
      return toAccessToken(answer, context, buffer);
    },

    async login(request, { signal }) {
      const { display, returnTo = location.pathname + location.search } = request;
      const isRedirect = display === 'redirect';
      // Not the SDK's pop-up mode: it merges the new sign-in into the session of the former user.
      const target = isRedirect ? withoutBasePath(returnTo) : profile;
      const url = base + login + toQuery(toAuthorization(request, target));
      if (!isRedirect) return openPopup(url, base + profile, signal);
      location.assign(url);
      return untilUserReturns(signal);
    },

    async logout({ returnTo, params }) {
      const query = toQuery({ ...params, returnTo: returnTo && location.origin + returnTo });
      location.assign(base + logout + query);
    },

    ...(extend && {
      async extend(context: SourceContext) {
        const response = await fetchRoute(extend, context);
        if (!response.ok && response.status !== 401) throw httpError(response.status);
        return getSession(context);
      },
    }),
  };
}

function noParams(): SessionError {
  return new SessionError(
    'ERR_NOT_SUPPORTED',
    'The token route of nextjs-auth0 takes no params, so this request was not sent. Request the token by audience or scope.',
  );
}

function tokenError(code: SessionErrorCode): SessionError {
  const advice = code === 'ERR_SERVER' ? 'The request is repeated.' : 'Call login() to continue.';
  return new SessionError(code, `nextjs-auth0 returned no access token. ${advice}`);
}

/**
 * Whether the profile says that no user is signed in. A gateway with its own password also answers
 * 401; the SDK's 401 has an empty body, or in version 3 the error `not_authenticated`.
 */
async function isSignedOut(response: Response): Promise<boolean> {
  if (response.status !== 401) return response.status === 204;
  return /^$|"not_authenticated"/.test(await response.clone().text());
}

function toAccessToken(
  { token, expires_at, expires_in, refreshable, scope, token_type }: Record<string, unknown>,
  { now }: SourceContext,
  buffer: number,
): AccessToken {
  const remaining = toMilliseconds(expires_in);
  return omitUndefined({
    value: token as string,
    // An `expires_at` of 0 means that the provider named no expiry. `expires_in` is rounded up.
    expiresAt: expires_at && remaining !== undefined ? now() + remaining - 1_000 : undefined,
    issuedAt: readJwtDates(token as string).issuedAt,
    refreshableWithin: refreshable ? undefined : buffer,
    scope: scope as string | undefined,
    tokenType: /^dpop$/i.test(token_type as string) ? 'DPoP' : undefined,
  }) as AccessToken;
}

/** Copies the known fields only: an app may pass the event of a click, which must not be sent. */
function toAuthorization(request: SourceLoginRequest, returnTo: string): Fields {
  const { prompt, maxAge, acrValues, scope, audience, loginHint, params } = request;
  return {
    ...params,
    returnTo,
    prompt,
    max_age: maxAge && maxAge / 1_000,
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
