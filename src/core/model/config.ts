import type { Policy } from '../policy.js';
import type { EndReason, Session } from '../types.js';
import type { RefreshWindow } from './refreshWindow.js';

/** What the shell reads from its environment with every input: time, network and randomness. */
export interface Reading {
  /** The device's clock, which a user may set (epoch ms). */
  readonly wall: number;
  /** A clock that is never set back; it stops during sleep on some platforms (ms). */
  readonly monotonic: number;
  readonly online: boolean;
  readonly visible: boolean;
  /** In [0, 1). */
  readonly random: number;
}

/** The settings of a client, which do not change. */
export interface Config {
  /** The id of this tab. */
  readonly tab: string;
  /** When the page was loaded, by the device's clock (epoch ms). */
  readonly openedAt: number;
  readonly policy: Policy;
  readonly refreshWindow: RefreshWindow;
  /** How long a call waits while the source fails (ms). */
  readonly maxWait: number;
  /** How often the source is asked whether the session still exists (ms); `null`: only with a cause. */
  readonly checkEvery: number | null;
  /** Whether `getSession()` extends the session on the server. */
  readonly readingExtends: boolean;
  /** Whether the source is asked when the page comes into view. */
  readonly checksOnFocus: boolean;
  readonly hasTokens: boolean;
  readonly canExtend: boolean;
  /** The ends after which the page shows no session. */
  readonly hideAfter: readonly EndReason[];
  readonly canClear: boolean;
  /** How long it may take until the SDK of this tab sees what the SDK of another tab has stored (ms). */
  readonly storageDelay: number;
  /** Whether tokens are refreshed without the user. */
  readonly isSilent: boolean;
  /** Whether there is a channel to other tabs. */
  readonly hasOtherTabs: boolean;
  /** A fingerprint that identifies the user of a session. */
  readonly userOf: (session: Session) => string;
}
