import { isValid } from './accessToken.js';
import { followClock, type SenderClock } from './clock.js';
import type { Config } from './config.js';
import { shortestPause } from './dispute.js';
import {
  endOf,
  type Facts,
  isOpen,
  latestStampOf,
  noneAhead,
  type SignIn,
  shiftFacts,
} from './facts.js';
import type { InputOf } from './input.js';
import { merge } from './merge.js';
import { changeRequest } from './requests.js';
import { learn } from './serverTime.js';
import { acceptRendered } from './signIn.js';
import { noteCleared } from './signOut.js';
import { latestStamp, noStamp } from './stamp.js';
import type { Draft } from './state.js';
import { verifyWithSource } from './verification.js';

/** Clocks of two tabs differ by less (ms). */
const sameTime = 1_000;

/** Another tab has sent all that it knows. */
export function receiveMessage(
  s: Draft,
  { facts, clock, confirmed, age }: InputOf<'message'>,
  config: Config,
): void {
  // A wall clock that was set while the message was under way tells nothing.
  if (Math.abs(age) < sameTime) compareClocks(s, clock);
  const ahead = clockAhead(clock, s);
  receiveFacts(s, Math.abs(ahead) < sameTime ? facts : shiftFacts(facts, -ahead), config);
  // Tabs that only heard of a sign-in from each other assert nothing.
  const isAsserted = isOpen(facts.signIn) && facts.signIn.id === confirmed;
  if (isAsserted && s.signIn?.id === confirmed) s.assertedAt = s.clock.device;
}

/** The clock of a tab that knows the server's time, or that has run for longer than this new one, is the better one. */
function compareClocks(s: Draft, sender: SenderClock): void {
  const { isServerTime, uncertainty } = s.clock;
  if (sender.serverNow !== null) {
    if (!isServerTime || uncertainty) learn(s, sender.serverNow, sameTime);
    return;
  }
  // A new page, which has dated nothing itself, did not see that the wall clock was set.
  const ahead = clockAhead(sender, s);
  if (s.confirmed !== noStamp || isServerTime || ahead < -sameTime) return;
  s.clock = followClock(s.clock, sender);
  const by = Math.max(ahead, 0);
  Object.assign(s, shiftFacts(s, by));
  s.syncedAt += by;
}

function clockAhead({ drift }: SenderClock, { clock }: Draft): number {
  return drift - (clock.device - clock.wall);
}

export function receiveFacts(s: Draft, facts: Facts, config: Config): void {
  s.latest = latestStamp(s.latest, latestStampOf(facts));
  const { signIn: theirs } = facts;
  if (theirs && isRefused(s, theirs)) return;
  const { tokens: before, signIn } = s;
  // What the server rendered is compared with the facts, and not merged as one of them.
  const rendered = signIn?.id === noStamp ? signIn.session : null;
  Object.assign(s, merge(rendered ? { ...s, signIn: null } : s, facts));
  s.signIn = s.signIn && noneAhead(withKnownInstants(s.signIn, signIn), s.clock.device);
  // They agree on the user again.
  if (theirs && theirs.user === s.signIn?.user) s.detachedFrom = noStamp;
  if (rendered) acceptRendered(s, rendered, config);
  for (const [key, fact] of Object.entries(s.tokens)) {
    if (fact.stamp === before[key]?.stamp || !isValid(s, fact)) continue;
    changeRequest(s, key, { error: null, failures: 0, stalls: 0, notBefore: 0 });
    s.isFailing = false;
  }
}

/** What is known here already keeps its instants, which the conversion from another clock shifts by a few ms. */
function withKnownInstants(merged: SignIn, known: SignIn | null): SignIn {
  if (known?.id !== merged.id) return merged;
  const isKnown = (time: 'startedAt' | 'extendedAt'): boolean =>
    Math.abs(merged[time] - known[time]) < sameTime;
  const isSameExtension = known.extendedStamp === merged.extendedStamp && isKnown('extendedAt');
  return {
    ...merged,
    ...(isKnown('startedAt') && { startedAt: known.startedAt }),
    ...(isSameExtension && { extendedAt: known.extendedAt }),
  };
}

/** What a page has stored has no claims: of the same user those in hand are shown, of another user the source tells. */
export function receiveStored(s: Draft, input: InputOf<'stored'>, config: Config): void {
  const { signIn: stored, cleared, clearedAt, loginStartedAt } = input;
  s.loginStartedAt = loginStartedAt;
  const { signIn } = s;
  const isLater = isOpen(signIn) && signIn.id !== noStamp && stored.id > signIn.id;
  const isOpenEnded = isLater && endOf(stored) === null;
  if (isOpenEnded && stored.user !== signIn.user) return verifyWithSource(s);
  const known = isOpenEnded ? { ...stored, session: signIn.session } : stored;
  receiveFacts(s, { signIn: known, tokens: {} }, config);
  // An SDK that this page has used may still keep the user in memory.
  if (s.own === null && cleared > s.cleared) noteCleared(s, cleared, clearedAt);
}

/** A sign-in that the own source denies is not taken over; of one that is older than its answer it is asked again. */
function isRefused(s: Draft, theirs: SignIn): boolean {
  const { own, detachedFrom, signIn } = s;
  if (theirs.id <= detachedFrom) return theirs.user !== own?.user;
  const isTakenOver = isOpen(signIn) && signIn.id === theirs.id;
  const isDenied = own?.user === null && own.stamp > theirs.id && !isTakenOver;
  if (!isDenied || !isOpen(theirs)) return false;
  s.detachedFrom = theirs.id;
  verifyWithSource(s, s.clock.device + shortestPause);
  return true;
}
