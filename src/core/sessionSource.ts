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
  /** Aborted on time-out, at the end of the session, on `stop()`, and when the page is frozen. */
  signal: AbortSignal;
  /** Whether a cached answer is not sufficient. */
  forceRefresh: boolean;
  /** The platform's `fetch`, without the browser's cache. The client reads the server's time from the `Date` header. */
  fetch: typeof fetch;
  /** The server's time as far as it is known (epoch ms). */
  now(): Instant;
}

/** The second argument of `login()`. */
export interface LoginContext extends SourceContext {
  /**
   * Runs `work` while no tab of this browser refreshes a token, after 10 s at the latest. A refresh that was
   * sent for the former user may have replaced the new user in the SDK's store: `work` can store the new user
   * again.
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

/** The connection to an auth SDK or a server. Only `name` and `getSession` are required. */
export interface SessionSource {
  /** The default of the client's `name`. */
  readonly name: string;
  /** The session; `null`: definitely no session. Throw if this cannot be determined. */
  getSession(context: SourceContext): Promise<Session | null>;
  /** The access token that the request selects. Absent: a cookie authenticates the API calls. */
  getAccessToken?(request: AccessTokenRequest, context: SourceContext): Promise<AccessToken>;
  /** Resolves when the user has signed in. A redirect never resolves: it rejects if the page stays open. */
  login?(request: SourceLoginRequest, context: LoginContext): Promise<void>;
  /** Resolves when the user is signed out. If the request fails, reject: the session is kept. */
  logout?(request: LogoutRequest, context: SourceContext): Promise<void>;
  /** Extends a rolling session on the server; `null`: the session has ended. */
  extend?(context: SourceContext): Promise<Session | null>;
  /** Called in every tab after the session has ended: remove local credentials, so that a reload does not restore the session. */
  clear?(reason: EndReason, context: SourceContext): Promise<void>;
  /** Reports changes that the SDK or the server detects without a request. Returns a function that stops this. */
  subscribe?(onEvent: (event: SourceEvent) => void): () => void;
  /**
   * Whether `getSession()` extends the session on the server. It is then not called when a page comes into
   * view, when the device resumes, or at an interval, so that reading does not extend the session. Default `false`.
   */
  readonly readingExtends?: boolean;
  /** The maximum time until this tab can read what the SDK of another tab has stored. Default 0. */
  readonly storageDelay?: Duration;
}
