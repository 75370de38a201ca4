import type {
  AccessToken,
  AccessTokenRequest,
  Duration,
  EndReason,
  Instant,
  LoginRequest,
  LogoutRequest,
  Session,
} from './types.js';

/** The second argument of a source's functions, or the only one. */
export interface SourceContext {
  /** Aborted on time-out, sign-out and `stop()`. */
  signal: AbortSignal;
  /** Whether a cached answer is not sufficient. */
  forceRefresh: boolean;
  /** The platform's `fetch`, without the browser's cache. It also reads the server's time from the `Date` header. */
  fetch: typeof fetch;
  /** The server's time as far as it is known (epoch ms). */
  now(): Instant;
}

/** The second argument of `login()`. */
export interface LoginContext extends SourceContext {
  /**
   * Runs `work` while no tab of this browser refreshes a token. A refresh for the former user may have been
   * under way during the sign-in, and its late answer may have replaced what the SDK has stored: here it
   * can be stored again.
   */
  whenQuiet(work: () => Promise<void>): Promise<void>;
}

/** The options of a sign-in, as a source gets them. */
export interface SourceLoginRequest extends Omit<LoginRequest, 'maxAge'> {
  /** The maximum age of the authentication (ms). */
  maxAge?: number;
}

/** An event that a source reports without a request. */
export type SourceEvent =
  /** The session has changed; `null`: no session. */
  | { type: 'session'; session: Session | null }
  /** The session has ended. `reason`: why, if the source knows, for example in another tab. Default: `'revoked'`. */
  | { type: 'revoked'; reason?: Exclude<EndReason, 'signed-out'> };

/** The functions that connect a provider. */
export interface SessionSource {
  readonly name: string;
  /** The session; `null`: certainly no session. Throw if this cannot be determined. */
  getSession(context: SourceContext): Promise<Session | null>;
  getAccessToken?(request: AccessTokenRequest, context: SourceContext): Promise<AccessToken>;
  login?(request: SourceLoginRequest, context: LoginContext): Promise<void>;
  logout?(request: LogoutRequest, context: SourceContext): Promise<void>;
  /** Extends a rolling session on the server; `null`: the session has ended. */
  extend?(context: SourceContext): Promise<Session | null>;
  /** Called in every tab after the session has ended: remove local credentials, so that a reload does not restore the session. */
  clear?(reason: EndReason, context: SourceContext): Promise<void>;
  /** Listens to the provider's own events. Returns a function that stops this. */
  subscribe?(onEvent: (event: SourceEvent) => void): () => void;
  /**
   * Whether `getSession()` extends the session on the server. It is then not called when a page comes into
   * view, wakes up or at an interval, so that reading does not keep the session alive. Default `false`.
   */
  readonly readingExtends?: boolean;
  /** How long data that the SDK of another tab has stored may be invisible in this tab. Default 0. */
  readonly storageDelay?: Duration;
}
