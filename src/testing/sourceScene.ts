import type { SessionSource } from '../core/types.js';

/** The behaviour of the server behind a source, or of its SDK. */
export type Situation =
  /** No user is signed in. */
  | 'nobody'
  /** A user is signed in, and the provider issues tokens. */
  | 'somebody'
  /** A user is signed in, and the provider refuses a new token for good. */
  | 'refused'
  /** Every connection fails. */
  | 'unreachable'
  /** No request is answered. */
  | 'hanging'
  | 'HTTP 429'
  | 'HTTP 500 with HTML'
  /** This and the following: every request is answered with 200 and invalid content. */
  | 'HTML'
  | 'an empty body'
  | 'wrong types'
  | 'an expiry in the year 3000'
  | 'a negative expiry'
  | 'a body of 5 MB';

/** A source under test, and the control of its server. */
export interface SourceScene {
  source: SessionSource;
  /** Changes the behaviour of the server, for every request of the source. */
  be(situation: Situation): void | Promise<void>;
  /** The tokens and other secrets that the server has issued so far. */
  secrets(): readonly string[];
  /** What this source's SDK cannot do: ignores `signal`, refreshes only near the expiry, drops a negative expiry. Document it. */
  cannot?: readonly ('heed a signal' | 'refresh at will' | 'tell a negative expiry')[];
  close(): void | Promise<void>;
}
