import type { SessionSource } from '../core/sessionSource.js';

/** The behaviour of the server behind a source, or of its SDK. */
export type Situation =
  /** No user is signed in. */
  | 'signed out'
  /** A user is signed in, and the provider issues tokens. */
  | 'signed in'
  /** A user is signed in, and the provider permanently refuses a new token. */
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

/** The situations in which a source does not know whether a session exists. */
export const transientFailures: readonly Situation[] = [
  'unreachable',
  'HTTP 429',
  'HTTP 500 with HTML',
  'HTML',
  'an empty body',
  'wrong types',
  'an expiry in the year 3000',
  'a negative expiry',
  'a body of 5 MB',
];

/** A rule that an SDK prevents its source from following. Document it for the users of the source. */
export type Limitation =
  /** The SDK ignores `signal`. */
  | 'ignores the signal'
  /** The SDK refreshes a token only near its expiry, also with `forceRefresh`. */
  | 'refreshes only near the expiry'
  /** The SDK drops a negative expiry, so its token has no expiry. */
  | 'drops a negative expiry'
  /** A sign-out is a navigation, whose failure the page does not see. */
  | 'leaves the page to sign out'
  /** The SDK sends its requests in another way, for example in a worker, so they cannot be searched. */
  | 'sends requests without fetch';

/** A source under test, and the control of its server. */
export interface SourceScene {
  source: SessionSource;
  /** Sets the behaviour of the server for all requests of the source. */
  setSituation(situation: Situation): void | Promise<void>;
  /** The tokens and other secrets that the server has issued so far. */
  secrets(): readonly string[];
  /** The limitations of the SDK; the tests of these rules are skipped. Default: none. */
  limitations?: readonly Limitation[];
  close(): void | Promise<void>;
}
