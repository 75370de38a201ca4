import { toMs, toMsOrZero } from './duration.js';
import { invalidOption } from './invalidOption.js';
import { checkPolicy, type Policy } from './policy.js';
import type { SessionSource } from './sessionSource.js';
import type { SessionEvent } from './snapshot.js';
import type { CheckSessionOptions, EndReason, RefreshOptions, Session } from './types.js';

export interface SessionClientOptions {
  /** The connection to the auth SDK or the server. */
  source: SessionSource;
  /** When the session ends. Default: when the source states or reports the end. */
  policy?: Policy;
  /** Clients with the same name share their sign-in across the tabs of an origin. Default: the source's name. */
  name?: string;
  /** How and when new access tokens are requested. */
  refresh?: RefreshOptions;
  /** When the source is asked whether the session still exists, in addition to the necessary requests. */
  checkSession?: CheckSessionOptions;
  /**
   * The session that the server rendered; `null`: no user is signed in. The client does not request it
   * again at its start. Default: the client requests it.
   */
  initialSession?: Session | null;
  /** A key of the user: sessions with different keys belong to different users. Default: `session.user.sub`. */
  userKey?: (session: Session) => string;
  /**
   * After these ends the page shows no session, as after a sign-out in this tab: `status` is `'signed-out'`,
   * so the app hides what only the user may see, and unsaved input is lost. After the other ends,
   * `status` is `'expired'`, and the content stays while the user signs in again. On a shared device, list
   * `'idle'`, `'lifetime'` and `'revoked'` too. Default `['signed-out-elsewhere']`.
   */
  hideAfter?: readonly EndReason[];
  /**
   * Whether access tokens are sent to the other tabs, over a `BroadcastChannel`. `false`: the other tabs
   * are only informed of a new token, and request it from their source. Default `true`.
   */
  shareTokens?: boolean;
  /** Called for every event. */
  onEvent?: (event: SessionEvent) => void;
}

/** Throws a `TypeError` for an invalid source or policy. */
export function checkOptions(options: unknown): asserts options is SessionClientOptions {
  const { source, policy } = Object(options) as Partial<SessionClientOptions>;
  if (typeof source?.getSession !== 'function' || typeof source.name !== 'string') {
    throw new TypeError(
      'session-clock needs a source: an object with a name and getSession(). Pass for example oidcClient(userManager).',
    );
  }
  if (policy !== undefined) checkPolicy(policy);
}

/** Throws a `TypeError` if `hideAfter` is not a list. */
export function readHideAfter(
  hideAfter: readonly EndReason[] = ['signed-out-elsewhere'],
): readonly EndReason[] {
  if (Array.isArray(hideAfter)) return hideAfter;
  throw invalidOption(
    'hideAfter',
    hideAfter,
    "Use a list of reasons, for example ['signed-out-elsewhere', 'idle'].",
  );
}

/** The interval of the checks (ms; `null`: none), whether one is made when the page comes into view, and whether it extends the session. Throws a `TypeError` for an invalid option. */
export function readCheckOptions({ checkSession = {}, source }: SessionClientOptions): {
  checkEvery: number | null;
  checksOnFocus: boolean;
  readingExtends: boolean;
} {
  const { every, onFocus = true } = checkSession;
  const { readingExtends = false } = source;
  if (every !== undefined && readingExtends) {
    throw new TypeError(
      'checkSession.every would keep the session alive, because getSession() of this source extends it. Omit it.',
    );
  }
  const checkEvery = every === undefined ? null : toMs(every, 'checkSession.every');
  return { checkEvery, checksOnFocus: onFocus && !readingExtends, readingExtends };
}

/** The refresh options in ms, with their defaults. Throws a `TypeError` for an invalid option. */
export function readRefreshOptions(
  options: RefreshOptions = {},
  { storageDelay = 0 }: SessionSource,
): {
  refreshWindow: readonly [from: number, to: number];
  timeout: number;
  maxWait: number;
  storageDelay: number;
} {
  const { window = [0.5, 0.95], timeout = '30s', maxWait = '10s' } = options;
  const [from, to] = window;
  if (!(from > 0 && from <= to && to < 1)) {
    throw invalidOption(
      'refresh.window',
      window,
      'Use two increasing numbers between 0 and 1, for example [0.5, 0.95].',
    );
  }
  return {
    refreshWindow: window,
    timeout: toMs(timeout, 'refresh.timeout'),
    maxWait: toMs(maxWait, 'refresh.maxWait'),
    storageDelay: toMsOrZero(storageDelay, 'storageDelay of the source'),
  };
}
