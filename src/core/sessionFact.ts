import { readSession } from './answers.js';
import type { SessionFact } from './derive.js';
import type { EndReason } from './snapshot.js';
import { isNewer, type Stamp } from './stamp.js';
import type { SharedSession } from './tabMessages.js';
import type { Instant, Session } from './types.js';

/** Clocks of two tabs differ by less (ms). */
const sameTime = 1_000;

type Present = Extract<SharedSession['fact'], { kind: 'present' }>;

/** What is known before anybody was asked: what the server has rendered, if anything. */
export function firstFact(initialSession: Session | null | undefined, now: Instant): SessionFact {
  if (initialSession === undefined) return { kind: 'unasked' };
  const session = readSession(initialSession, now, 'initialSession');
  return session ? present(session, now) : { kind: 'nobody', reason: null };
}

export function present(session: Session, now: Instant): Present {
  return { kind: 'present', session, since: now, extendedAt: now };
}

/** Whose session it is or was. */
export function ownerOf(fact: SessionFact): string | null {
  return 'session' in fact ? fact.session.user.sub : null;
}

/** The same on a clock that is by `shift` ms ahead. */
export function shiftedFact<Fact extends SessionFact>(fact: Fact, shift: number): Fact {
  if (fact.kind !== 'present' || shift === 0) return fact;
  return { ...fact, since: fact.since + shift, extendedAt: fact.extendedAt + shift };
}

/** What a sibling's word changes here. */
export type Judgement =
  | { readonly kind: 'nothing' }
  /** It has not heard what we know: our own source must be asked. */
  | { readonly kind: 'conflict' }
  | { readonly kind: 'present'; readonly fact: Present }
  | { readonly kind: 'ended'; readonly reason: EndReason };

const nothing: Judgement = { kind: 'nothing' };
const conflict: Judgement = { kind: 'conflict' };

/** What is known here, and which it is. */
export interface Known {
  readonly fact: SessionFact;
  /** Of its latest change. */
  readonly stamp: Stamp;
  /** Of its sign-in. */
  readonly signIn: Stamp;
}

/** Weighs a sibling's word against what is known here: the newer one holds, an extension always. */
export function judge(known: Known, told: SharedSession): Judgement {
  const { fact: theirs } = told;
  return theirs.kind === 'present' ? judgePresence(known, told, theirs) : judgeEnd(known, told);
}

/** Somebody is signed in, says the sibling. */
function judgePresence(known: Known, told: SharedSession, theirs: Present): Judgement {
  const { fact: mine, signIn } = known;
  const newer = isNewer(told.stamp, known.stamp);
  if (mine.kind === 'unasked') return { kind: 'present', fact: theirs };
  if (mine.kind === 'present' && ownerOf(mine) === ownerOf(theirs)) {
    return merge(mine, theirs, newer && !isRendered(known));
  }
  if (!newer || isRendered(known)) return conflict;
  // What has ended here is not brought back by who has only not heard of it: it takes a new sign-in.
  const isThere = mine.kind === 'present' || isNewer(told.signIn, signIn);
  return isThere ? { kind: 'present', fact: theirs } : conflict;
}

/** Nobody is signed in any more, says the sibling. */
function judgeEnd(known: Known, told: SharedSession): Judgement {
  const { fact: mine, signIn, stamp } = known;
  const { fact: theirs } = told;
  // To a page that has not begun yet, an end is nothing that happened to the person.
  if (mine.kind !== 'present' || told.stamp.rev === 0) return nothing;
  const isOfAnother = theirs.kind === 'ended' && ownerOf(theirs) !== ownerOf(mine);
  const isOfEarlier = isOfAnother || isNewer(signIn, told.signIn);
  const newer = isNewer(told.stamp, stamp);
  if (isOfEarlier && !newer) return nothing;
  // It has not heard of a sign-in here, or of what was done here at the same time.
  if (isOfEarlier || !newer || isRendered(known)) return conflict;
  return { kind: 'ended', reason: theirs.kind === 'ended' ? theirs.reason : 'elsewhere' };
}

/** What a server has rendered just now may be newer than all that the siblings have heard. */
export function isRendered({ fact, stamp }: Known): boolean {
  return fact.kind === 'present' && stamp.rev === 0;
}

function merge(mine: Present, theirs: Present, newer: boolean): Judgement {
  const isExtended = theirs.extendedAt > mine.extendedAt + sameTime;
  if (!newer && !isExtended) return nothing;
  const { extendedAt } = isExtended ? theirs : mine;
  return { kind: 'present', fact: { ...(newer ? theirs : mine), extendedAt } };
}
