import { isValid } from './accessToken.js';
import { followClock, type SenderClock } from './clock.js';
import { sdkDelay } from './conflict.js';
import {
  endOf,
  type Facts,
  isOpen,
  latestStampOf,
  type SignIn,
  shiftFacts,
  withInstantsOf,
  withoutFuture,
} from './facts.js';
import type { InputOf } from './input.js';
import { merge } from './merge.js';
import { changeRequest } from './requests.js';
import { receiveServerTime } from './serverTime.js';
import { acceptRendered } from './signIn.js';
import { noteCleared } from './signOut.js';
import { latestStamp, noStamp, stampTime } from './stamp.js';
import type { Draft } from './state.js';
import { verifyWithSource } from './verification.js';
import { refreshWanted } from './wantedTokens.js';

/** The same instant differs by less between the clocks of two tabs (ms). */
const tolerance = 1_000;

/** A message with the facts of another tab. */
export function receiveMessage(
  s: Draft,
  { facts, clock, confirmed, wanted = [], age }: InputOf<'message'>,
): void {
  // The wall clock was set while the message was under way, so the clocks cannot be compared.
  if (Math.abs(age) < tolerance) compareClocks(s, clock);
  const ahead = clockAhead(clock, s);
  receiveFacts(s, Math.abs(ahead) < tolerance ? facts : shiftFacts(facts, -ahead));
  // A tab that only received the sign-in from other tabs does not confirm it.
  const isConfirmed = isOpen(facts.signIn) && facts.signIn.id === confirmed;
  if (isConfirmed && s.conflict && s.signIn?.id === confirmed) {
    s.conflict = { ...s.conflict, isConfirmed };
  }
  refreshWanted(s, wanted);
}

/** Adopts the clock of a tab that knows the server's time, or that has run for longer than this new one. */
function compareClocks(s: Draft, sender: SenderClock): void {
  const { isServerTime, uncertainty } = s.clock;
  if (sender.serverNow !== null) {
    if (!isServerTime || uncertainty) receiveServerTime(s, sender.serverNow, tolerance);
    return;
  }
  // Only a page with no confirmed sign-in: it may have opened after the wall clock was set.
  const ahead = clockAhead(sender, s);
  if (s.confirmed !== noStamp || isServerTime || ahead < -tolerance) return;
  s.clock = followClock(s.clock, sender);
  const by = Math.max(ahead, 0);
  Object.assign(s, shiftFacts(s, by));
  s.syncedAt += by;
}

function clockAhead({ drift }: SenderClock, { clock }: Draft): number {
  return drift - (clock.device - clock.wall);
}

function receiveFacts(s: Draft, facts: Facts): void {
  s.latest = latestStamp(s.latest, latestStampOf(facts));
  const { signIn: theirs } = facts;
  if (theirs && isRefused(s, theirs)) return;
  const { tokens: before, signIn } = s;
  // A rendered session is compared with the merged facts; it is none of them.
  const rendered = signIn?.id === noStamp ? signIn.session : null;
  Object.assign(s, merge(rendered ? { ...s, signIn: null } : s, facts));
  s.signIn = s.signIn && withoutFuture(withKnownInstants(s.signIn, signIn), s.clock.device);
  // The tabs agree on the user again.
  if (theirs && theirs.user === s.signIn?.user) s.detachedFrom = noStamp;
  if (rendered) acceptRendered(s, rendered);
  for (const [key, fact] of Object.entries(s.tokens)) {
    if (fact.stamp === before[key]?.stamp || !isValid(s, fact)) continue;
    changeRequest(s, key, { error: null, failures: 0, stalls: 0, notBefore: 0 });
    s.isFailing = false;
  }
}

/** Keeps the instants that are known in this tab: the conversion between clocks changes them by a few ms. */
function withKnownInstants(merged: SignIn, known: SignIn | null): SignIn {
  if (known?.id !== merged.id) return merged;
  const keep = (at: number, knownAt: number): number =>
    Math.abs(at - knownAt) < tolerance ? knownAt : at;
  const isSameExtension = known.extendedStamp === merged.extendedStamp;
  return {
    ...merged,
    startedAt: keep(merged.startedAt, known.startedAt),
    extendedAt: isSameExtension ? keep(merged.extendedAt, known.extendedAt) : merged.extendedAt,
  };
}

/** The stored facts have no claims: for the same user, the known ones are kept; for another user, the source is asked. */
export function receiveStored(s: Draft, input: InputOf<'stored'>): void {
  const { signIn: stored, cleared, clearedAt, loginStartedAt } = input;
  s.loginStartedAt = loginStartedAt;
  const { signIn } = s;
  const isLater = isOpen(signIn) && signIn.id !== noStamp && stored.id > signIn.id;
  const isNewSignIn = isLater && endOf(stored) === null;
  if (isNewSignIn && stored.user !== signIn.user) return verifyWithSource(s);
  const session = isNewSignIn ? signIn.session : stored.session;
  receiveFacts(s, { signIn: { ...withInstantsOf(stored, signIn), session }, tokens: {} });
  // The SDK of a page that was open before may have the user in memory, and is cleared itself.
  const isNewPage = s.own === null && stampTime(cleared) < s.config.openedAt;
  if (isNewPage && cleared > s.cleared) noteCleared(s, cleared, clearedAt);
}

/** A sign-in that this tab's source does not have is not adopted. If it is older than the source's answer, the source is asked again. */
function isRefused(s: Draft, theirs: SignIn): boolean {
  const { own, detachedFrom, signIn } = s;
  if (theirs.id <= detachedFrom) return theirs.user !== own?.user;
  const isAdopted = isOpen(signIn) && signIn.id === theirs.id;
  const isDenied = own?.user === null && own.stamp > theirs.id && !isAdopted;
  if (!isDenied || !isOpen(theirs)) return false;
  s.detachedFrom = theirs.id;
  verifyWithSource(s, s.clock.device + sdkDelay);
  return true;
}
