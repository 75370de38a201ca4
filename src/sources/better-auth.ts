import type { SessionSource } from '../core/sessionSource.js';
import type { Session } from '../core/types.js';
import {
  type BetterAuthClient,
  checkBetterAuthClient,
  sendWithClient,
} from './betterAuthClient.js';
import { currentPath } from './currentPath.js';
import { readJson, readJsonOrNull } from './http.js';
import { type Connection, sharedCookie } from './sharedCookie.js';
import { signInAt } from './signInPage.js';

export type { BetterAuthClient } from './betterAuthClient.js';

/** The app's sign-in page, which sends the user back to the path in a parameter. */
export interface BetterAuthSignInPage {
  page: string;
  /** The parameter with the path to come back to. Default `'callbackURL'`. */
  returnParam?: string;
  /** A page of this origin at which a sign-in in a pop-up ends. Absent: a sign-in is a redirect. */
  popupReturn?: string;
}

export interface BetterAuthOptions {
  /** The app's sign-in page, or a function that signs the user in. Default: the app has its own form. */
  login?: string | BetterAuthSignInPage | NonNullable<SessionSource['login']>;
  /**
   * `true` if better-auth has no database, so that its cookies are the session. Not driven in a browser yet
   * (experimental). Default `false`: the session is read from the database.
   */
  stateless?: boolean;
  /** Distinguishes two apps of one origin. Default `'better-auth'`. */
  name?: string;
}

type Answer = Record<string, unknown> | null;

/**
 * A source for the client of better-auth 1, with sessions in a database. Throws a `TypeError` for anything else.
 * A sign-in or a sign-out with the client itself, such as `signIn.email()`, is noticed.
 * @see https://www.better-auth.com/docs/concepts/session-management
 * @example
 * const source = betterAuth(createAuthClient(), { login: '/sign-in' });
 */
export function betterAuth(
  client: BetterAuthClient,
  { login, stateless = false, name = 'better-auth' }: BetterAuthOptions = {},
): SessionSource {
  checkBetterAuthClient(client);
  const sessionSignal = client.$store.atoms['$sessionSignal'];
  // Without a database, this would read as no session, and the server would remove its cookies.
  const query = stateless ? {} : { disableCookieCache: true };
  let isOwnSignal = false;

  async function fetchSession(options: object, connection: Connection): Promise<Answer> {
    const request = { query, ...options };
    return readJsonOrNull(await sendWithClient(client, '/get-session', request, connection));
  }

  async function read(connection: Connection): Promise<Session | null> {
    const readOnly = { ...query, disableRefresh: true };
    return toSession(await fetchSession({ query: readOnly }, connection));
  }

  /** Returns whether the SDK leaves the page, to sign out at the provider too. */
  async function signOut(body: object, connection: Connection): Promise<boolean> {
    const request = { method: 'POST', body };
    const answer = await readJson(await sendWithClient(client, '/sign-out', request, connection));
    // The SDK's own hooks keep the user otherwise.
    isOwnSignal = true;
    client.$store.notify('$sessionSignal');
    isOwnSignal = false;
    return answer['redirect'] === true;
  }

  const cookie = sharedCookie(read, (context) => signOut({ disableRedirect: true }, context));

  return {
    name,
    ...cookie,
    ...(login && { login: toLogin(login) }),

    async logout({ returnTo, params }, context) {
      const callbackURL = location.origin + (returnTo ?? currentPath());
      const isLeaving = await signOut({ ...params, callbackURL }, context);
      if (returnTo !== undefined && !isLeaving) location.assign(returnTo);
    },

    async extend(context) {
      const answer = await fetchSession({}, context);
      // With `deferSessionRefresh`, a GET extends nothing.
      const isDeferred = answer?.['needsRefresh'] === true;
      return toSession(
        isDeferred ? await fetchSession({ method: 'POST', body: {} }, context) : answer,
      );
    },

    // A sign-in or a sign-out with the client itself. If reading fails, the next check notices it.
    subscribe(onEvent) {
      let reading = new AbortController();
      const stop = sessionSignal?.listen(async () => {
        if (isOwnSignal) return;
        reading.abort();
        reading = new AbortController();
        const { signal } = reading;
        const session = await cookie.getSession({ fetch, signal }).catch(() => undefined);
        if (session !== undefined && !signal.aborted) onEvent({ type: 'session', session });
      });
      return () => {
        stop?.();
        reading.abort();
      };
    },
  };
}

function toLogin(
  login: NonNullable<BetterAuthOptions['login']>,
): NonNullable<SessionSource['login']> {
  if (typeof login === 'function') return login;
  const page = typeof login === 'string' ? { page: login } : login;
  return signInAt({ returnParam: 'callbackURL', ...page });
}

/** The token of the session is not part of the user. The types of the values are validated by the core. */
function toSession(answer: Answer): Session | null {
  if (!answer || answer['session'] === null) return null;
  const { id, ...user } = Object(answer['user']) as Record<string, unknown>;
  const { createdAt, expiresAt } = Object(answer['session']) as Record<string, unknown>;
  return {
    user: { ...user, id, sub: id as string },
    startedAt: Date.parse(String(createdAt)),
    expiresAt: Date.parse(String(expiresAt)),
  };
}
