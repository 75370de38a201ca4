import type { EndReason, Session } from '../core/types.js';
import type { QuestionTexts, ReminderTexts, ResultTexts, SpokenTexts } from './promptTexts.js';
import type { FailureCode } from './useAction.js';
import type { SignedInResult } from './useSignedInNotice.js';

/** The session has ended, or a call waits for a sign-in. */
export interface LoginQuestionState {
  kind: 'question';
  /** Why the session ended; `null`: it has not, but a call waits for a sign-in. */
  reason: EndReason | null;
  /** The session that ended, or the current one. */
  session: Session | null;
  isPending: boolean;
  /** Why the sign-in failed; `null`: no failure. */
  failureCode: FailureCode | null;
  /** Asks the user to sign in. Call it in the click: browsers block a pop-up that opens later. */
  signIn: () => void;
  /** Closes the question; waiting calls are rejected with `ERR_LOGIN_CANCELLED`. */
  notNow: () => void;
  /** For the Escape key: as `notNow`. */
  escape: () => void;
}

/** The session has ended, and the user chose "Not now". A button remains that opens the question again. */
export interface LoginReminderState {
  kind: 'reminder';
  open: () => void;
}

/** What to show when a sign-in is required: a union on `kind`. */
export type LoginState =
  | { kind: 'hidden' }
  | LoginQuestionState
  | LoginReminderState
  | ({ kind: 'signed-in' } & SignedInResult);

/** The question for a new sign-in, with the texts. */
export interface LoginQuestion extends LoginQuestionState, QuestionTexts {}

/** The reminder after "Not now", with its texts. */
export interface LoginReminder extends LoginReminderState, ReminderTexts {}

/** What to show when a sign-in is required, with the texts. */
export type LoginPrompt =
  | ({ kind: 'hidden' } & SpokenTexts)
  | LoginQuestion
  | LoginReminder
  | ({ kind: 'signed-in' } & SignedInResult & ResultTexts);
