export type { Announcement } from './announcement.js';
export type {
  ExpiryPrompt,
  ExpiryReminder,
  ExtendableWarning,
  FixedWarning,
  PromptOptions,
} from './expiryPrompt.js';
export { zhCN } from './messages/zh.js';
export { en, type Messages } from './messages.js';
export { ReloginDialog, type ReloginDialogProps } from './ReloginDialog.js';
export { SessionBanner, type SessionBannerProps } from './SessionBanner.js';
export { SessionCountdown, type SessionCountdownProps } from './SessionCountdown.js';
export { SessionExpiryDialog, type SessionExpiryDialogProps } from './SessionExpiryDialog.js';
export { SessionMessages, type SessionMessagesProps } from './SessionMessages.js';
export { SessionStatusBadge, type SessionStatusBadgeProps } from './SessionStatusBadge.js';
export { SignInButton, type SignInButtonProps } from './SignInButton.js';
export { SignOutButton, type SignOutButtonProps } from './SignOutButton.js';
export { useExpiryPrompt } from './useExpiryPrompt.js';
export {
  type LoginPrompt,
  type LoginQuestion,
  type LoginReminder,
  useLoginPrompt,
} from './useLoginPrompt.js';
export type { SignedInNotice } from './useSignedInNotice.js';
