import type { Facts } from './facts.js';
import { mapValues } from './records.js';
import { noStamp } from './stamp.js';
import type { State } from './state.js';

/** Whether the other tabs may have the facts of this tab: neither a rendered session nor a user of this tab alone. */
export function isShared({ detachedFrom, isRunning, signIn }: State): boolean {
  return isRunning && detachedFrom === noStamp && signIn !== null && signIn.id !== noStamp;
}

/** The facts that other tabs receive: without the tokens themselves if those are not shared. */
export function sharedFacts({ signIn, tokens }: Facts, shareTokens: boolean): Facts {
  if (shareTokens) return { signIn, tokens };
  return { signIn, tokens: mapValues(tokens, (fact) => ({ ...fact, token: null })) };
}
