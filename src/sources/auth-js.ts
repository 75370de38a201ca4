import { SessionError } from '../core/errors.js';
import { omitUndefined } from '../core/omitUndefined.js';
import type { SessionSource, SourceContext } from '../core/sessionSource.js';
import type { AccessToken, AccessTokenRequest, Session } from '../core/types.js';
import { authJsSignOut } from './authJsSignOut.js';
import { readJsonOrNull } from './http.js';
import { readJsonBody } from './jsonBody.js';
import { type SdkCodes, sdkCodeError } from './sdkErrors.js';
import { type Connection, sharedCookie } from './sharedCookie.js';
import { signInAt } from './signInPage.js';

/** The routes of the app that were created with `authJsRoutes()`. */
export interface AuthJsRoutes {
  /** Reads the session without extending it. */
  session: string;
  /** Returns the provider's access token. Absent: the page has no token. */
  accessToken?: string;
}

export interface AuthJsOptions {
  /** The path of Auth.js, with the `basePath` of Next.js. Default `'/api/auth'`. */
  basePath?: string;
  /** Default: the route of Auth.js itself, which extends the session at every call. */
  routes?: AuthJsRoutes;
  /** A page of this origin at which a sign-in in a pop-up ends. Default: the route `csrf` of Auth.js. */
  popupReturn?: string;
  /** Signs the user in. Default: opens the sign-in page of Auth.js. */
  login?: NonNullable<SessionSource['login']>;
}

/** The errors of the access token route that are not those of OAuth. */
const codes: SdkCodes = {
  missing_session: 'ERR_MISSING_SESSION',
  missing_refresh_token: 'ERR_MISSING_REFRESH_TOKEN',
};

/**
 * A source for next-auth 4, and for Auth.js 5, which has not been driven in a browser yet (experimental).
 *
 * Without `routes`, reading the session extends it (`readingExtends`), it has no access token, and a reload
 * restores a session that the policy has ended if its sign-out has failed.
 * @see https://authjs.dev
 * @example
 * const source = authJs({ routes: { session: '/api/session', accessToken: '/api/access-token' } });
 */
export function authJs(options: AuthJsOptions = {}): SessionSource {
  const { basePath = '/api/auth', routes, login } = options;
  const base = basePath.replace(/\/$/, '');
  const { popupReturn = `${base}/csrf` } = options;
  const own = `${base}/session`;

  async function read(path: string, { fetch, signal }: Connection): Promise<Session | null> {
    const answer = await readJsonOrNull(await fetch(path, { signal }), []);
    // Version 4 answers `{}` if there is no session, version 5 `null`.
    return answer && Object.keys(answer).length > 0 ? toSession(answer) : null;
  }

  const signOut = (context: Connection): Promise<void> => authJsSignOut(base, context);
  const readSession = (context: Connection): Promise<Session | null> =>
    read(routes?.session ?? own, context);
  const { accessToken } = routes ?? {};

  return {
    // Two apps of one origin must not share their sign-ins.
    name: `auth-js ${base}`,
    ...(!routes && { readingExtends: true }),
    ...sharedCookie(readSession, signOut),
    ...(accessToken && {
      getAccessToken: (request, context) => fetchToken(accessToken, request, context),
    }),
    login: login ?? signInAt({ page: `${base}/signin`, returnParam: 'callbackUrl', popupReturn }),

    async logout({ returnTo }, context) {
      await signOut(context);
      if (returnTo !== undefined) location.assign(returnTo);
    },

    async extend(context) {
      // With sessions in a database, the answer that extends a session states its former end.
      return (await read(own, context)) && readSession(context);
    },
  };
}

/** Reads the answer of Auth.js, or of the app's route. The types of the values are validated by the core. */
function toSession({ user, expires, startedAt, expiresAt }: Record<string, unknown>): Session {
  // Auth.js states a user id only if the app's `session` callback adds it.
  const { sub, id, email } = Object(user) as { sub?: unknown; id?: unknown; email?: unknown };
  return {
    user: { ...Object(user), sub: sub ?? id ?? email },
    ...omitUndefined({
      startedAt: startedAt as number | undefined,
      expiresAt: (expires === undefined ? expiresAt : Date.parse(String(expires))) as number,
    }),
  };
}

async function fetchToken(
  route: string,
  { audience, scope, params }: AccessTokenRequest,
  { fetch, signal, forceRefresh, now }: SourceContext,
): Promise<AccessToken> {
  if (audience !== undefined || scope !== undefined || params) throw oneToken();
  const response = await fetch(route + (forceRefresh ? '?refresh=true' : ''), { signal });
  const answer = await readJsonBody(response, (error) =>
    typeof error === 'string' ? sdkCodeError(error, codes) : undefined,
  );
  const { token, expires_in, scope: granted, sub } = answer;
  return omitUndefined({
    value: token as string,
    expiresAt: expires_in === undefined ? undefined : now() + (expires_in as number) * 1_000,
    scope: granted as string | undefined,
    sub: sub as string | undefined,
  }) as AccessToken;
}

function oneToken(): SessionError {
  return new SessionError(
    'ERR_NOT_SUPPORTED',
    'The session of Auth.js has one access token, so this request with an audience, a scope or params was not sent. Request the token without them.',
  );
}
