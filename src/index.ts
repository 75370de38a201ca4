export { SessionError, type SessionErrorCode } from './core/errors.js';
export type { SessionClientOptions } from './core/options.js';
export { absolute, hybrid, type Policy, rolling } from './core/policy.js';
export type {
  LoginContext,
  SessionSource,
  SourceContext,
  SourceEvent,
  SourceLoginRequest,
} from './core/sessionSource.js';
export { createSessionClient } from './core/shell/createSessionClient.js';
export type { LogEntry, SessionLog } from './core/shell/inputLog.js';
export { observeActivity } from './core/shell/observeActivity.js';
export type { SessionClient } from './core/shell/sessionClient.js';
export { stepUp } from './core/shell/stepUp.js';
export { subscribeToClock } from './core/shell/ticker.js';
export type {
  AccessTokenState,
  AccessTokenStatus,
  Connection,
  Deadline,
  SessionEvent,
  SessionEvents,
  SessionEventType,
  SessionState,
  SessionStatus,
  Snapshot,
} from './core/snapshot.js';
export type {
  AccessToken,
  AccessTokenRequest,
  AuthRequirement,
  CheckSessionOptions,
  Duration,
  EndReason,
  GetAccessTokenOptions,
  Instant,
  LoginRequest,
  LogoutRequest,
  RefreshOptions,
  RequestParams,
  Session,
  StepUpRequest,
  UserClaims,
} from './core/types.js';
export { useSessionClient } from './react/context.js';
export { RequireSession } from './react/RequireSession.js';
export { SessionProvider, type SessionProviderProps } from './react/SessionProvider.js';
export { type SessionGuardProps, SignedIn } from './react/SignedIn.js';
export { SignedOut } from './react/SignedOut.js';
export { type UseAccessTokenResult, useAccessToken } from './react/useAccessToken.js';
export { type Countdown, type CountdownOptions, useCountdown } from './react/useCountdown.js';
export { useSession } from './react/useSession.js';
export { type SessionActions, useSessionActions } from './react/useSessionActions.js';
export { useSessionEvent } from './react/useSessionEvent.js';
export { useSessionStatus } from './react/useSessionStatus.js';
export { type StepUp, useStepUp } from './react/useStepUp.js';
export { useUser } from './react/useUser.js';
