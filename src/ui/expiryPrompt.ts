import type { Instant } from '../core/types.js';
import type { QuestionTexts, ReminderTexts, ResultTexts, SpokenTexts } from './promptTexts.js';
import type { FailureCode } from './useAction.js';
import type { SignedInResult } from './useSignedInNotice.js';

interface OpenWarning {
  kind: 'warning';
  /** When the session ends (server time, epoch ms). For a visible counter, use `useCountdown()`. */
  endsAt: Instant;
  /** Why the latest action failed; `null`: no failure. */
  failureCode: FailureCode | null;
  /** The result of an answer, if the session is about to end all the same; `null`: none. */
  result: SignedInResult | null;
  /** For the Escape key: stays if possible, else as "Not now". Ignored while a sign-out is pending. */
  escape: () => void;
}

/** The session can be extended. */
export interface ExtendableState extends OpenWarning {
  canExtend: true;
  pending: 'stay' | 'sign-out' | null;
  /** Extends the session. Ignored while a sign-out is pending. */
  stay: () => void;
  signOut: () => void;
}

/** The end cannot be moved, or too little time is left to answer. */
export interface FixedState extends OpenWarning {
  canExtend: false;
  /** Whether the end could be moved, but less than 20 s were left when the warning opened or the device woke up. */
  isTooLate: boolean;
  pending: 'sign-in' | null;
  /** Asks the user to sign in. Call it in the click: browsers block a pop-up that opens later. */
  signIn: () => void;
  /** Closes the warning; a reminder remains. */
  notNow: () => void;
}

/** The user chose "Not now". The session still ends, so a button remains that opens the warning again. */
export interface ExpiryReminderState {
  kind: 'reminder';
  endsAt: Instant;
  open: () => void;
}

/** What to show before the session ends: a union on `kind`, and on `canExtend` for a warning. */
export type ExpiryState =
  | { kind: 'hidden' }
  | ExtendableState
  | FixedState
  | ExpiryReminderState
  | ({ kind: 'extended' } & SignedInResult);

/** The session can be extended, with the texts. */
export interface ExtendableWarning extends ExtendableState, QuestionTexts {}

/** The end cannot be moved, or too little time is left to answer, with the texts. */
export interface FixedWarning extends FixedState, QuestionTexts {}

/** The reminder after "Not now", with its texts. */
export interface ExpiryReminder extends ExpiryReminderState, ReminderTexts {}

/** What to show before the session ends, with the texts. */
export type ExpiryPrompt =
  | ({ kind: 'hidden' } & SpokenTexts)
  | ExtendableWarning
  | FixedWarning
  | ExpiryReminder
  | ({ kind: 'extended' } & SignedInResult & ResultTexts);
