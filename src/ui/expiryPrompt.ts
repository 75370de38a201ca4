import type { Instant, LoginRequest } from '../core/types.js';
import type { Announcement } from './announcement.js';
import type { Messages } from './messages.js';
import type { SignedInNotice } from './useSignedInNotice.js';

export interface PromptOptions {
  /** How the user signs in, for example `{ display: 'redirect' }`. Default: the source decides. */
  login?: LoginRequest | undefined;
  /** Default: those of the nearest `SessionMessages`, else English. */
  messages?: Messages | undefined;
}

interface OpenWarning {
  kind: 'warning';
  /** When the session ends (server time, epoch ms). For a visible counter, use `useCountdown()`. */
  endsAt: Instant;
  title: string;
  /** What will happen, and when. It changes only if the end moves. */
  description: string;
  /** Why the latest action failed and what the user can do, for an element with `role="alert"`; `null`: no failure. */
  failure: string | null;
  announcement: Announcement;
  /** For the Escape key: stays if possible, else as "Not now". Ignored while a sign-out is pending. */
  escape: () => void;
}

/** The session can be extended. */
export interface ExtendableWarning extends OpenWarning {
  canExtend: true;
  pending: 'stay' | 'sign-out' | null;
  /** Extends the session. Ignored while a sign-out is pending. */
  stay: () => void;
  signOut: () => void;
}

/** The end cannot be moved, or too little time is left to answer. */
export interface FixedWarning extends OpenWarning {
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
export interface ExpiryReminder {
  kind: 'reminder';
  endsAt: Instant;
  /** The text of the button. */
  text: string;
  announcement: Announcement;
  open: () => void;
}

/** What to show before the session ends: a union on `kind`, and on `canExtend` for a warning. */
export type ExpiryPrompt =
  | { kind: 'hidden' }
  | ExtendableWarning
  | FixedWarning
  | ExpiryReminder
  | ({ kind: 'extended' } & SignedInNotice);
