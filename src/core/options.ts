import { toMs, toMsOrZero } from './duration.js';
import { checkPolicy, type Policy } from './policy.js';
import type { SessionEvent } from './snapshot.js';
import type { RefreshOptions, Session, SessionSource } from './types.js';

export interface SessionClientOptions {
  /** Where sign-ins come from. */
  source: SessionSource;
  /** When the session ends. Default: when the source says so. */
  policy?: Policy;
  /** Tells several clients of one origin apart; tabs whose clients have the same name share their sign-in. Default: the source's name. */
  name?: string;
  refresh?: RefreshOptions;
  /** Who was signed in when the server rendered the page; `null`: nobody. The source is then not asked again. */
  initialSession?: Session | null;
  /** Who a user is: sessions with different keys are different users. Default: `session.user.sub`. */
  userKey?: (session: Session) => string;
  /**
   * Whether other tabs are sent this tab's access tokens, over a BroadcastChannel and in memory only.
   * `false`: they are told that there is a new one, and ask the source's cache for it. Default `true`.
   */
  shareTokens?: boolean;
  /** Called with every event. */
  onEvent?: (event: SessionEvent) => void;
}

/** Throws a `TypeError` that says what to do, unless the options can be used. */
export function checkOptions(options: unknown): asserts options is SessionClientOptions {
  const { source, policy } = Object(options) as Partial<SessionClientOptions>;
  if (typeof source?.getSession !== 'function' || typeof source.name !== 'string') {
    throw new TypeError(
      'session-clock needs a source: an object with a name and getSession(), made for instance by oidcClient(userManager).',
    );
  }
  if (policy !== undefined) checkPolicy(policy);
}

/** The refresh options in ms, with their defaults. Throws a `TypeError` for an invalid option. */
export function readRefreshOptions(
  options: RefreshOptions = {},
  { storageDelay = 0 }: Pick<SessionSource, 'storageDelay'> = {},
): {
  refreshWindow: readonly [from: number, to: number];
  timeout: number;
  maxWait: number;
  storageDelay: number;
} {
  const { window = [0.5, 0.95], timeout = '30s', maxWait = '10s' } = options;
  const [from, to] = window;
  if (!(from > 0 && from <= to && to < 1)) {
    throw new TypeError(
      `refresh.window is ${JSON.stringify(window)}. Use two parts of a token's life in order, each between 0 and 1, say [0.5, 0.95].`,
    );
  }
  return {
    refreshWindow: window,
    timeout: toMs(timeout, 'refresh.timeout'),
    maxWait: toMs(maxWait, 'refresh.maxWait'),
    storageDelay: toMsOrZero(storageDelay, 'storageDelay of the source'),
  };
}
