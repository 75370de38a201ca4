import type { SessionSource } from '../core/types.js';

/** What the server behind a source, or its SDK, is made to do. */
export type Situation =
  | 'nobody'
  /** Somebody is signed in, and a token can be had. */
  | 'somebody'
  /** Somebody is signed in, and the provider refuses a new token for good. */
  | 'refused'
  | 'unreachable'
  | 'hanging'
  | 'HTTP 429'
  | 'HTTP 500 with HTML'
  /** What is asked is answered with 200, but with something else than it should be. */
  | 'HTML'
  | 'an empty body'
  | 'wrong types'
  | 'an expiry in the year 3000'
  | 'a negative expiry'
  | 'a body of 5 MB';

/** A source with the world behind it. */
export interface SourceScene {
  source: SessionSource;
  /** From now on the world is so. Answers for everything that the source may ask. */
  be(situation: Situation): void | Promise<void>;
  /** Tokens and other secrets that were given out so far. */
  secrets(): readonly string[];
  /** What this source's SDK cannot do, to be said in its documentation. */
  cannot?: readonly ('heed a signal' | 'refresh at will' | 'tell a negative expiry')[];
  close(): void | Promise<void>;
}
