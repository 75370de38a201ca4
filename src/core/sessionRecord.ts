import type { SessionFact } from './derive.js';
import { isRendered, type Judgement, judge } from './judge.js';
import { ended, firstFact, ownerOf, present, shiftedFact } from './sessionFact.js';
import type { EndReason } from './snapshot.js';
import { isNewer, type Stamp, unstamped } from './stamp.js';
import type { SharedSession } from './tabMessages.js';
import type { Instant, Session } from './types.js';

/** How it came to be known who is signed in. */
export type Word =
  /** The source was asked. */
  | 'asked'
  /** The source was asked after a sign-in here. */
  | 'signed-in'
  /** The source said it by itself. */
  | 'by-itself';

/** What follows for those who wait. */
export interface Consequences {
  /** It is another person than before. */
  readonly isOther: boolean;
  /** Tokens and refusals from before say nothing of what holds now. */
  readonly isNewSignIn: boolean;
}

/** What is known of the session, and how it compares with what other tabs know. */
export class SessionRecord {
  readonly #stamp: () => Stamp;
  readonly #now: () => Instant;
  #fact: SessionFact;
  #changed: Stamp = unstamped;
  #signedIn: Stamp = unstamped;
  #signIns = 0;

  constructor(initialSession: Session | null | undefined, now: () => Instant, stamp: () => Stamp) {
    this.#fact = firstFact(initialSession, now());
    this.#now = now;
    this.#stamp = stamp;
  }

  get fact(): SessionFact {
    return this.#fact;
  }

  get owner(): string | null {
    return ownerOf(this.#fact);
  }

  /** When the session was last extended; `-Infinity` where there is none. */
  get extendedAt(): Instant {
    return this.#fact.kind === 'present' ? this.#fact.extendedAt : Number.NEGATIVE_INFINITY;
  }

  /** Tokens from before it are not of this session. */
  get signInStamp(): Stamp {
    return this.#signedIn;
  }

  /** Of the latest change. */
  get stamp(): Stamp {
    return this.#changed;
  }

  /** How often somebody has signed in: who was refused before the latest may try again. */
  get signIns(): number {
    return this.#signIns;
  }

  /** What the siblings may know; `null`: nothing worth saying. */
  share(): SharedSession | null {
    if (this.#fact.kind === 'unasked') return null;
    return { stamp: this.#changed, signIn: this.#signedIn, fact: this.#fact };
  }

  /** `session` is there. Whether that is news, and whether the siblings are to be told. */
  accept(session: Session, word: Word): Consequences & { isNews: boolean; isToBeTold: boolean } {
    const before = this.#fact;
    const isOther = this.owner !== null && this.owner !== session.user.sub;
    const goesOn = before.kind === 'present' && !isOther && word !== 'signed-in';
    const isNews = word !== 'asked' || !goesOn;
    // A sibling that does not hear of a later end would end what goes on, for all.
    const isToBeTold = isNews || before.session.expiresAt !== session.expiresAt;
    this.#fact = goesOn ? { ...before, session } : present(session, this.#now());
    if (isToBeTold) this.#changed = this.#stamp();
    const isNewSignIn = word === 'signed-in' || isOther;
    if (isNewSignIn) this.#signedIn = this.#changed;
    if (isNews) this.#signIns++;
    return { isNews, isToBeTold, isOther, isNewSignIn };
  }

  /** What a server has rendered is news to the siblings, once. Whether it was. */
  vouch(): boolean {
    if (this.#fact.kind !== 'present' || this.#changed.rev > 0) return false;
    this.#changed = this.#stamp();
    return true;
  }

  /** The session goes on from `at`. */
  extend(session: Session, at: Instant): void {
    if (this.#fact.kind !== 'present') return;
    // Where only its idle time begins again, the later extension holds, whoever has changed what.
    if (session !== this.#fact.session) this.#changed = this.#stamp();
    this.#fact = { ...this.#fact, session, extendedAt: at };
  }

  end(reason: EndReason): void {
    if (this.#fact.kind !== 'present') return;
    this.#change(ended(this.#fact, reason, this.#now()));
  }

  leave(): void {
    this.#change({ kind: 'nobody', reason: 'signed-out', at: this.#now() });
  }

  /** The source's first answer was: nobody. That ends nothing, so it is no news to the siblings. */
  foundNobody(): void {
    this.#fact = { kind: 'nobody', reason: null, at: this.#now() };
  }

  shift(by: number): void {
    this.#fact = shiftedFact(this.#fact, by);
  }

  /** Takes a sibling's word, where it is the newer one. */
  hear(told: SharedSession): Consequences & { kind: Judgement['kind'] } {
    const known = { fact: this.#fact, stamp: this.#changed, signIn: this.#signedIn };
    const judgement = judge(known, told);
    // It is still to be vouched for.
    const keepsStamp = judgement.kind === 'conflict' || isRendered(known);
    const { kind } = judgement;
    const isOther = kind === 'present' && this.owner !== null && this.owner !== ownerOf(told.fact);
    const isNewerSignIn = isNewer(told.signIn, this.#signedIn);
    const isNewSignIn = kind === 'present' && isNewerSignIn;
    // Who only found the session learns of its sign-in, though it knows all else better.
    const learnsSignIn = isNewerSignIn && told.fact.kind === 'present' && kind !== 'conflict';
    if (kind === 'present') {
      if (isNewSignIn || this.#fact.kind !== 'present') this.#signIns++;
    }
    if ('fact' in judgement) this.#fact = judgement.fact;
    if (!keepsStamp && isNewer(told.stamp, this.#changed)) this.#changed = told.stamp;
    if (learnsSignIn) this.#signedIn = told.signIn;
    return { kind, isOther, isNewSignIn: isNewSignIn || isOther };
  }

  #change(fact: SessionFact): void {
    this.#fact = fact;
    this.#changed = this.#stamp();
  }
}
