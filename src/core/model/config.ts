import type { Policy } from '../policy.js';
import type { Session } from '../types.js';
import type { RefreshWindow } from './refreshWindow.js';

/** What the shell reads from its environment with every input: time, network and chance enter here only. */
export interface Reading {
  /** The device's clock (epoch ms); a user may set it. */
  readonly wall: number;
  /** Never set back; stopped during sleep on some platforms (ms). */
  readonly monotonic: number;
  readonly online: boolean;
  readonly visible: boolean;
  /** In [0, 1). */
  readonly random: number;
}

/** What does not change in a client's life. */
export interface Config {
  /** This tab's id. */
  readonly tab: string;
  readonly policy: Policy;
  readonly refreshWindow: RefreshWindow;
  /** For how long a call waits while the source fails (ms). */
  readonly maxWait: number;
  readonly hasTokens: boolean;
  readonly canExtend: boolean;
  readonly canClear: boolean;
  /** How long it may take until this tab sees what the SDK of another tab has stored (ms). */
  readonly storageDelay: number;
  /** Tokens are renewed without the user. */
  readonly isSilent: boolean;
  /** There is a channel to other tabs. */
  readonly hasOtherTabs: boolean;
  /** A fingerprint of who the user of a session is. */
  readonly userOf: (session: Session) => string;
}
