import { isValid } from './accessToken.js';
import { followClock, type SenderClock } from './clock.js';
import type { Config } from './config.js';
import { type Facts, isOpen, latestStampOf, type SignIn, shiftFacts } from './facts.js';
import type { InputOf } from './input.js';
import { merge } from './merge.js';
import { changeRequest } from './requests.js';
import { learn } from './serverTime.js';
import { receiveSession } from './signIn.js';
import { latestStamp, noStamp } from './stamp.js';
import type { Draft } from './state.js';

/** Clocks of two tabs differ by less (ms). */
const sameTime = 1_000;

/** Another tab has sent all that it knows. */
export function receiveMessage(
  s: Draft,
  { facts, clock, age }: InputOf<'message'>,
  config: Config,
): void {
  // A wall clock that was set while the message was under way tells nothing.
  if (Math.abs(age) < sameTime) compareClocks(s, clock);
  const ahead = clock.drift - (s.clock.device - s.clock.wall);
  receiveFacts(s, Math.abs(ahead) < sameTime ? facts : shiftFacts(facts, -ahead), config);
}

/** The clock of a tab that knows the server's time, or that has run for longer than this new one, is the better one. */
function compareClocks(s: Draft, sender: SenderClock): void {
  const { isServerTime, uncertainty } = s.clock;
  const isNew = s.signIn === null || s.signIn.id === noStamp;
  if (sender.serverNow !== null) {
    if (!isServerTime || uncertainty) learn(s, sender.serverNow, sameTime);
  } else if (isNew && !isServerTime) s.clock = followClock(s.clock, sender);
}

function receiveFacts(s: Draft, facts: Facts, config: Config): void {
  s.latest = latestStamp(s.latest, latestStampOf(facts));
  const { signIn: theirs } = facts;
  if (theirs && isRefused(s, theirs)) return;
  const { tokens: before, signIn } = s;
  // What the server rendered is compared with the facts, and not merged as one of them.
  const rendered = signIn?.id === noStamp ? signIn.session : null;
  Object.assign(s, merge(rendered ? { ...s, signIn: null } : s, facts));
  if (theirs && theirs.id === s.signIn?.id) {
    s.detachedFrom = noStamp;
    if (isOpen(theirs)) s.assertedAt = s.clock.device;
  }
  if (rendered) receiveSession(s, rendered, true, config);
  for (const [key, fact] of Object.entries(s.tokens)) {
    if (fact.stamp === before[key]?.stamp || !isValid(s, fact)) continue;
    changeRequest(s, key, { error: null, failures: 0, stalls: 0, notBefore: 0 });
    s.isFailing = false;
  }
}

/** A sign-in that the own source denies is not taken over; of one that is older than its answer it is asked again. */
function isRefused(s: Draft, theirs: SignIn): boolean {
  const { own, detachedFrom, signIn } = s;
  if (theirs.id <= detachedFrom) return theirs.user !== own?.user;
  const isDenied = own?.user === null && own.stamp > theirs.id && theirs.id !== signIn?.id;
  if (!isDenied || !isOpen(theirs)) return false;
  s.detachedFrom = theirs.id;
  changeRequest(s, 'session', { isRequested: true });
  return true;
}
