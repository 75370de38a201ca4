import type { SessionFact } from './derive.js';
import { type Ended, ended, ownerOf, type Present } from './sessionFact.js';
import { isNewer, type Stamp } from './stamp.js';
import type { SharedSession } from './tabMessages.js';
import type { Instant } from './types.js';

/** Clocks of two tabs differ by less (ms). */
const sameTime = 1_000;

/** What is known here, and which it is. */
export interface Known {
  readonly fact: SessionFact;
  /** Of its latest change. */
  readonly stamp: Stamp;
  /** Of its sign-in. */
  readonly signIn: Stamp;
}

/** What a sibling's word changes here. */
export type Judgement =
  | { readonly kind: 'nothing' }
  /** It has not heard what we know, or we have not: our own source must be asked. */
  | { readonly kind: 'conflict' }
  | { readonly kind: 'present'; readonly fact: Present }
  | { readonly kind: 'ended'; readonly fact: Ended };

type End = Exclude<SharedSession['fact'], Present>;

const nothing: Judgement = { kind: 'nothing' };
const conflict: Judgement = { kind: 'conflict' };

/** Weighs a sibling's word against what is known here: the newer one holds, an extension always. */
export function judge(known: Known, told: SharedSession): Judgement {
  const { fact: mine } = known;
  const { fact: theirs } = told;
  if (theirs.kind !== 'present') {
    // To a page that has not begun yet, an end is nothing that happened to the person.
    return mine.kind === 'present' ? judgeEnd(known, mine, told, theirs) : nothing;
  }
  if (mine.kind === 'unasked') return { kind: 'present', fact: theirs };
  return mine.kind === 'present'
    ? judgePresence(known, mine, told, theirs)
    : judgeReturn(known, mine, told, theirs);
}

/** What a server has rendered just now may be newer than all that the siblings have heard. */
export function isRendered({ fact, stamp }: Known): boolean {
  return fact.kind === 'present' && stamp.rev === 0;
}

/** Somebody is signed in here, and somebody is, says the sibling. */
function judgePresence(
  known: Known,
  mine: Present,
  told: SharedSession,
  theirs: Present,
): Judgement {
  const newer = isNewer(told.stamp, known.stamp) && !isRendered(known);
  if (ownerOf(mine) === ownerOf(theirs)) return merge(mine, theirs, newer);
  return newer ? { kind: 'present', fact: theirs } : conflict;
}

function merge(mine: Present, theirs: Present, newer: boolean): Judgement {
  const isExtended = isLater(theirs, mine);
  if (!newer && !isExtended) return nothing;
  const { extendedAt } = isExtended ? theirs : mine;
  return { kind: 'present', fact: { ...(newer ? theirs : mine), extendedAt } };
}

/** Nobody is signed in here any more, and somebody is, says the sibling. */
function judgeReturn(known: Known, mine: End, told: SharedSession, theirs: Present): Judgement {
  const isOther = mine.kind === 'ended' && ownerOf(mine) !== ownerOf(theirs);
  const isNewSignIn = isNewer(told.signIn, known.signIn) || theirs.since >= mine.at;
  const isRefuted = isIdleEnd(mine) && isLater(theirs, mine);
  // What has ended is not brought back by who has only not heard of it.
  if (!isOther && !isNewSignIn && !isRefuted) return nothing;
  return isNewer(told.stamp, known.stamp) ? { kind: 'present', fact: theirs } : conflict;
}

/** Somebody is signed in here, and nobody is any more, says the sibling. */
function judgeEnd(known: Known, mine: Present, told: SharedSession, theirs: End): Judgement {
  // It has found nobody at its first look, and ends nothing.
  if (told.stamp.rev === 0) return nothing;
  const newer = isNewer(told.stamp, known.stamp);
  const isOther = theirs.kind === 'ended' && ownerOf(theirs) !== ownerOf(mine);
  const isOfEarlier = isNewer(known.signIn, told.signIn) || theirs.at <= mine.since;
  // It has not heard of a sign-in here.
  if (isOther || isOfEarlier || isRendered(known)) return newer ? conflict : nothing;
  if (isIdleEnd(theirs) && isLater(mine, theirs)) return conflict;
  const reason = theirs.kind === 'ended' ? theirs.reason : 'elsewhere';
  // Over what was done here at the same time only the server's word prevails, or the person's.
  const prevails = newer || reason === 'revoked' || reason === 'elsewhere';
  return prevails ? { kind: 'ended', fact: ended(mine, reason, theirs.at) } : nothing;
}

/** An idle end is only as good as the extension from which it counts. */
function isIdleEnd(end: End): end is Ended {
  return end.kind === 'ended' && end.reason === 'idle';
}

function isLater(one: { extendedAt: Instant }, other: { extendedAt: Instant }): boolean {
  return one.extendedAt > other.extendedAt + sameTime;
}
