import type { SessionErrorCode } from '../../core/errors.js';
import type { Connection, SessionStatus } from '../../core/snapshot.js';
import type { EndReason } from '../../core/types.js';
import type { TimelineMessages } from '../timeline/messages.js';

/** Every text that the components show or announce. Replace it as a whole, or spread a language and change parts. */
export interface Messages {
  /** A BCP 47 tag, for numbers and durations. */
  locale: string;
  /** The text of `SignInButton`. */
  signIn: string;
  /** The badge's text for the session's status. */
  status: Record<SessionStatus, string>;
  /** The text that the badge adds while the connection is not `online`. */
  connection: Record<Exclude<Connection, 'online'>, string>;
  /** The accessible names of the counters. */
  timeLeft: Record<'session' | 'access-token', string>;
  /** The texts of `SessionExpiryDialog` and `useExpiryPrompt()`. */
  expiry: {
    title: string;
    /** What happens, and when: `time` is a time of day, with the date if it is another day. */
    description: (time: string) => string;
    /** The description when the session cannot be extended. */
    fixedDescription: (time: string) => string;
    /** The description when too little time is left to respond. */
    lateDescription: (time: string) => string;
    stay: string;
    staying: string;
    signOut: string;
    signingOut: string;
    /** Announced on opening and at 2 min, 1 min, 40 s and 20 s; `duration` is in words. */
    remaining: (duration: string) => string;
    /** The text of the button that opens the dialog again after "Not now". */
    reminder: (time: string) => string;
    /** Added before the title of a hidden tab. */
    titlePrefix: string;
  };
  /** Shown and announced for ten seconds when the user has stayed or signed in. */
  result: {
    signedInUntil: (time: string) => string;
    /** Without a known end. */
    signedIn: string;
  };
  /** The texts of `ReloginDialog` and `useLoginPrompt()`. */
  relogin: {
    title: string;
    /** The title when a call waits for a sign-in while the session itself is valid. */
    tokenTitle: string;
    /** Why the session ended. */
    reason: Record<EndReason, string>;
    /** The reason shown with `tokenTitle`. */
    tokenReason: string;
    nothingLost: string;
    /** Shown above the name of the session's user, who may not be signed in any more. */
    signedInAs: string;
    signIn: string;
    signingIn: string;
    /** Shown while the sign-in is in progress in another window. */
    finish: string;
    notNow: string;
    /** The text of the button that opens the dialog again after "Not now". */
    reminder: string;
    /** Added before the title of a hidden tab. */
    titlePrefix: string;
  };
  /** For the user: what failed and what to do. `other` serves the codes without a text. */
  failure: Partial<Record<SessionErrorCode, string>> & { other: string };
  /** The texts of `SessionTimeline`. No language contains them, for the size of the bundle. Default: English. */
  timeline?: TimelineMessages;
}
