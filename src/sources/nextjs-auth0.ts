import { toMs } from '../core/duration.js';
import { SessionError } from '../core/errors.js';
import { readJwtDates } from '../core/jwt.js';
import type {
  AccessToken,
  Duration,
  LoginRequest,
  Session,
  SessionSource,
  SourceContext,
} from '../core/types.js';
import { parseObject, readJson } from './http.js';
import { leaveFor, openPopup } from './navigation.js';
import { readNextjsAuth0Error, UnclearRefusal } from './nextjsAuth0Errors.js';
import { type ProfileOptions, readProfile, toMilliseconds } from './nextjsAuth0Profile.js';
import { type NextjsAuth0RouteOptions, resolveRoutes } from './nextjsAuth0Routes.js';
import { Outage } from './outage.js';

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
  const { login, logout, profile, accessToken, extend } = resolveRoutes(options);
  const buffer = tokenRefreshBuffer === 0 ? 0 : toMs(tokenRefreshBuffer, 'tokenRefreshBuffer');
  const outage = new Outage(toMs(giveUpAfter, 'giveUpAfter'));

  async function getSession(context: SourceContext): Promise<Session | null> {
    const response = await ask(profile, context);
    return (await isNobody(response)) ? null : readProfile(await readJson(response), options);
  }

  /** What looks like an outage for too long is none, unless nobody is signed in any more. */
  async function judge(error: unknown, context: SourceContext): Promise<unknown> {
    if (!(error instanceof UnclearRefusal) || !outage.goesOn(context.now())) return error;
    const session = await getSession(context);
    outage.end();
    return session ? refused() : signedOut();
  }

  return {
    name: 'nextjs-auth0',
    getSession,

    async getAccessToken({ audience, scope }, context) {
      // The SDK's own route does not heed `refresh`; one made with `accessTokenRoute` does.
      const refresh = context.forceRefresh ? 'true' : undefined;
      const url = accessToken + toQuery({ audience, scope, refresh });
      try {
        const answer = await askToken(url, context);
        outage.end();
        return toAccessToken(answer, context, buffer);
      } catch (error) {
        throw await judge(error, context);
      }
    },

    async login(request) {
      if (request.display === 'redirect')
        return leaveFor(login + toQuery(toAuthorization(request)));
      // Not the SDK's pop-up mode: that puts whoever signs in into the session of whoever was there.
      return openPopup(
        login + toQuery(toAuthorization({ ...request, returnTo: profile })),
        profile,
      );
    },

    async logout({ returnTo }) {
      const { location } = globalThis;
      const target = returnTo && new URL(returnTo, location.origin).href;
      location.assign(logout + toQuery({ returnTo: target }));
    },

    ...(extend !== undefined && {
      async extend(context: SourceContext) {
        const response = await ask(extend, context);
        if (!response.ok && !(await isNobody(response))) await readJson(response);
        return getSession(context);
      },
    }),
  };
}

/** Neither route sends `Cache-Control` in every version. */
function ask(url: string, { fetch, signal }: SourceContext): Promise<Response> {
  return fetch(url, { cache: 'no-store', headers: { Accept: 'application/json' }, signal });
}

async function askToken(url: string, context: SourceContext): Promise<Record<string, unknown>> {
  const get = async (): Promise<Record<string, unknown>> =>
    readJson(await ask(url, context), readNextjsAuth0Error);
  const answer = await get();
  // The SDK renews no token that lives, and counts whole seconds: the last one is waited out.
  if (answer['expires_in'] !== 1) return answer;
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  return get();
}

/** Empty or JSON: a proxy that wants a password of its own answers otherwise. */
async function isNobody(response: Response): Promise<boolean> {
  if (response.status === 204) return true;
  if (response.status !== 401) return false;
  const text = await response.clone().text();
  return text === '' || parseObject(text) !== null;
}

function toAccessToken(
  { token, expires_at, expires_in, refreshable, scope, token_type }: Record<string, unknown>,
  { now }: SourceContext,
  buffer: number,
): AccessToken {
  const value = token as string;
  const { issuedAt } = readJwtDates(value);
  // An `expires_at` of 0: the provider did not say. The seconds left were rounded up.
  const isDated = expires_at !== undefined && expires_at !== 0;
  const expiresAt = isDated ? now() + toMilliseconds(expires_in) - 1_000 : undefined;
  return {
    value,
    ...(expiresAt !== undefined && { expiresAt }),
    ...(refreshable !== true && { refreshableWithin: buffer }),
    ...(issuedAt !== undefined && { issuedAt }),
    ...(typeof scope === 'string' && { scope }),
    ...(String(token_type).toLowerCase() === 'dpop' && { tokenType: 'DPoP' as const }),
  };
}

function toAuthorization(request: LoginRequest): Record<string, string | undefined> {
  const { returnTo, prompt, maxAge, acrValues, scope, audience, loginHint } = request;
  return {
    returnTo: returnTo ?? globalThis.location.pathname + globalThis.location.search,
    prompt,
    max_age: maxAge === undefined ? undefined : String(maxAge && toMs(maxAge, 'maxAge') / 1_000),
    acr_values: acrValues?.join(' '),
    scope,
    audience,
    login_hint: loginHint,
  };
}

function toQuery(fields: Record<string, string | undefined>): string {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  return given.length === 0 ? '' : `?${new URLSearchParams(given as [string, string][])}`;
}

function refused(): SessionError {
  return new SessionError(
    'ERR_REFRESH_FAILED',
    'The SDK has not renewed the access token for long, though somebody is signed in. Sign in again.',
  );
}

function signedOut(): SessionError {
  return new SessionError('ERR_MISSING_SESSION', 'Nobody is signed in any more. Sign in again.');
}
