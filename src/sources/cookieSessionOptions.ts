import { invalidOption } from '../core/invalidOption.js';
import type { SessionSource, SourceContext } from '../core/sessionSource.js';
import type { Session } from '../core/types.js';
import { type CsrfOptions, checkCsrf } from './cookieSessionCsrf.js';

/** The server's sign-in page, which sends the user back to the path in a parameter. */
export interface SignInPage {
  page: string;
  /** The parameter with the path to come back to. Default `'next'`. */
  returnParam?: string;
  /**
   * A page of this origin at which a sign-in in a pop-up ends; the page is then closed. Without it, a
   * sign-in is a redirect.
   */
  popupReturn?: string;
}

/** A page of the server that signs the user out, and sends the user back to the path in a parameter. */
export interface SignOutPage {
  page: string;
  /** The parameter with the path to come back to. Default `'next'`. */
  returnParam?: string;
}

/** The paths may be addresses of another origin; then set `credentials`. */
export interface CookieSessionOptions {
  /** GET: the user who is signed in, as JSON. Without a session: 401, 204 or `null`. */
  me: string;
  /**
   * The session in the answer of `me`; `null`: no session. Times are in epoch ms. Default: the user is the
   * answer or its field `user`, with `sub` or `id`.
   */
  readSession?: (answer: Record<string, unknown>, context: SourceContext) => Session | null;
  /** The statuses with which `me` says that there is no session, apart from 204. Default `[401]`. */
  signedOut?: readonly number[];
  /** Whether each GET of `me` extends the session. Default `false`. */
  readingExtends?: boolean;
  /** POST: extends the session. Default: `me` if `readingExtends`, else the session cannot be extended. */
  extend?: string;
  /** The sign-in page, or a function that signs the user in. Default: the app has its own form. */
  login?: string | SignInPage | NonNullable<SessionSource['login']>;
  /** POST: signs the user out. Or a page that does, or a function. Default: the source cannot sign out. */
  logout?: string | SignOutPage | NonNullable<SessionSource['logout']>;
  /** The token that the server expects with a POST. Default: none. */
  csrf?: CsrfOptions;
  /** Sent with every request, for example `{ 'X-CSRF': '1' }` for a backend-for-frontend. */
  headers?: Readonly<Record<string, string>>;
  /** `'include'` if the server has another origin. Default `'same-origin'`. */
  credentials?: RequestCredentials;
}

/** Throws a `TypeError` for what would fail at the first request. */
export function checkCookieSession(options: CookieSessionOptions): void {
  if (typeof options?.me !== 'string' || options.me === '') {
    throw invalidOption(
      'me',
      options?.me,
      'Pass the path of the user route, for example "/api/me".',
    );
  }
  checkCsrf(options.csrf);
}

/** The user is the answer itself, or its field `user`. The types of the values are validated by the core. */
export function readUser(answer: Record<string, unknown>): Session | null {
  const user = 'user' in answer ? answer['user'] : answer;
  if (user === null) return null;
  const { sub, id } = Object(user) as { sub?: unknown; id?: unknown };
  const idText = typeof id === 'number' ? String(id) : id;
  return { user: { ...Object(user), sub: sub ?? idText } };
}
