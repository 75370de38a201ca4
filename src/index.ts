export { SessionError, type SessionErrorCode } from './core/errors.js';
export type { SessionClientOptions } from './core/options.js';
export { absolute, hybrid, type Policy, rolling } from './core/policy.js';
export { createSessionClient, type SessionClient } from './core/sessionClient.js';
export type {
  AccessToken,
  AccessTokenRequest,
  AccessTokenState,
  AccessTokenStatus,
  Connection,
  Deadline,
  Duration,
  EndReason,
  GetAccessTokenOptions,
  Instant,
  LoginRequest,
  LogoutRequest,
  RefreshOptions,
  Session,
  SessionEvent,
  SessionEvents,
  SessionEventType,
  SessionSource,
  SessionState,
  SessionStatus,
  Snapshot,
  SourceContext,
  SourceEvent,
} from './core/types.js';
export { SessionProvider, type SessionProviderProps } from './react/SessionProvider.js';
export { type UsedAccessToken, useAccessToken } from './react/useAccessToken.js';
export { type Countdown, type CountdownOptions, useCountdown } from './react/useCountdown.js';
export { useSession } from './react/useSession.js';
export { type SessionActions, useSessionActions } from './react/useSessionActions.js';
export { useSessionEvent } from './react/useSessionEvent.js';
export { useSessionStatus } from './react/useSessionStatus.js';
