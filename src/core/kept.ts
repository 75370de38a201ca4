import type { AccessTokens } from './accessTokens.js';
import type { Clock } from './clock.js';
import type { Environment } from './environment.js';
import type { Inquiry } from './inquiry.js';
import type { LoginGate } from './loginGate.js';
import type { SessionRecord } from './sessionRecord.js';
import type { Siblings } from './siblings.js';
import type { SourceCalls } from './sourceCalls.js';
import type { TimeDoubt } from './timeDoubt.js';
import type { Session } from './types.js';

/** What is known, of whom it is asked, and who waits for it: what all that judges works with. */
export interface Kept {
  env: Environment;
  clock: Clock;
  calls: SourceCalls;
  record: SessionRecord;
  siblings: Siblings;
  inquiry: Inquiry<Session | null>;
  tokens: AccessTokens;
  gate: LoginGate;
  doubt: TimeDoubt;
  /** Looks at what is due now. */
  look: () => void;
  publish: () => void;
}
