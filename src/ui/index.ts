export type { Announcement } from './announcement.js';
export type { DialogPart, DialogProps } from './dialogProps.js';
export type {
  ExpiryPrompt,
  ExpiryReminder,
  ExpiryReminderState,
  ExpiryState,
  ExtendableState,
  ExtendableWarning,
  FixedState,
  FixedWarning,
} from './expiryPrompt.js';
export type {
  LoginPrompt,
  LoginQuestion,
  LoginQuestionState,
  LoginReminder,
  LoginReminderState,
  LoginState,
} from './loginPrompt.js';
export { zhCN, zhCNTimeline } from './messages/zh.js';
export { en, type Messages } from './messages.js';
export { PromptAnnouncer, type PromptAnnouncerProps } from './PromptAnnouncer.js';
export type { PartClassNames, Slot } from './parts.js';
export type {
  PromptButton,
  QuestionTexts,
  ReminderTexts,
  ResultTexts,
  SpokenTexts,
} from './promptTexts.js';
export { ReloginDialog, type ReloginDialogProps } from './ReloginDialog.js';
export { SessionBanner, type SessionBannerProps } from './SessionBanner.js';
export { SessionCountdown, type SessionCountdownProps } from './SessionCountdown.js';
export { SessionExpiryDialog, type SessionExpiryDialogProps } from './SessionExpiryDialog.js';
export { SessionMessages, type SessionMessagesProps } from './SessionMessages.js';
export { SessionStatusBadge, type SessionStatusBadgeProps } from './SessionStatusBadge.js';
export { SessionTimeline, type SessionTimelineProps } from './SessionTimeline.js';
export { SignInButton, type SignInButtonProps } from './SignInButton.js';
export { SignOutButton, type SignOutButtonProps } from './SignOutButton.js';
export { enTimeline, type TimelineMessages } from './timeline/messages.js';
export type { FailureCode } from './useAction.js';
export { type PromptOptions, useExpiryPrompt } from './useExpiryPrompt.js';
export { useLoginPrompt } from './useLoginPrompt.js';
export { type SessionPrompt, usePromptTexts } from './usePromptTexts.js';
export { type SessionPromptOptions, useSessionPrompt } from './useSessionPrompt.js';
export type { SignedInResult } from './useSignedInNotice.js';
