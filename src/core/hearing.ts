import { readSession } from './answers.js';
import type { Ending } from './ending.js';
import { sessionExpired, userChanged } from './endings.js';
import { needsLogin, type SessionError } from './errors.js';
import type { Kept } from './kept.js';
import { shiftedFact } from './sessionFact.js';
import type { Consequences, Word } from './sessionRecord.js';
import type { Signing } from './signing.js';
import type { SnapshotStore } from './snapshotStore.js';
import type { SharedFacts, SharedSession } from './tabMessages.js';
import type { Instant, Session, SourceEvent } from './types.js';

export interface HearingOptions extends Kept {
  ending: Ending;
  signing: Signing;
  store: SnapshotStore;
  sourceName: string;
}

/** What the source and the siblings say of the session, and what follows from it. */
export class Hearing {
  readonly #options: HearingOptions;
  /** Our own source, or a server's first picture, has said that it is so; else only a sibling has. */
  #isConfirmed: boolean;
  /** The source is asked because a sibling has said something else than we know. */
  #checksWord = false;

  constructor(options: HearingOptions) {
    this.#options = options;
    this.#isConfirmed = options.record.fact.kind !== 'unasked';
  }

  /** The source was asked, and has answered. */
  answered(session: Session | null): void {
    const { doubt, ending, record, signing } = this.#options;
    const word = signing.settle() ? 'signed-in' : 'asked';
    if (session) return this.#accept(session, word);
    doubt.drop();
    this.#checksWord = false;
    // A source that keeps sign-ins by the tab knows nobody here.
    if (record.fact.kind === 'present' && this.#isConfirmed) ending.settle('revoked');
    else if (record.fact.kind === 'unasked') record.foundNobody();
  }

  /** The source was asked, and did not answer. */
  failed(error: SessionError): void {
    const { doubt, record, signing } = this.#options;
    if (error.retryable) return;
    if (needsLogin(error)) return this.answered(null);
    // It will not be answered: what is known has to do.
    doubt.drop();
    this.#checksWord = false;
    signing.settle();
    if (record.fact.kind === 'unasked') record.foundNobody();
  }

  /** The source says something unasked. */
  told(event: SourceEvent): void {
    const { clock, ending, inquiry, publish, signing, sourceName } = this.#options;
    if (event.type === 'revoked') {
      ending.settle('revoked');
      return publish();
    }
    // Of a sign-out that we have begun it is no news.
    if (signing.act === 'signing-out') return;
    // While a person signs in here, the source's answer tells it better.
    if (signing.act !== 'none') return this.#askAnew(true);
    const session = readSession(event.session, clock.now(), sourceName);
    // What was asked before is older than this.
    inquiry.callOff();
    if (session) return this.#accept(session, 'by-itself');
    this.answered(null);
    publish();
  }

  /** The session goes on from `at`; `null`: it is gone. */
  extended(session: Session | null, at: Instant): void {
    const { ending, inquiry, publish, record } = this.#options;
    if (record.fact.kind !== 'present') return;
    inquiry.callOff();
    if (session && session.user.sub !== record.owner) return this.#accept(session, 'by-itself');
    if (session) {
      record.extend(session, at);
      this.#tell();
      this.#recordExtension(Number.NEGATIVE_INFINITY);
    } else ending.settle('revoked');
    publish();
  }

  /** A sibling says what it knows; its clock is `ahead` of ours (ms). */
  heard({ session, tokens }: SharedFacts, ahead: number): void {
    const { look, record } = this.#options;
    if (session) this.#hear({ ...session, fact: shiftedFact(session.fact, -ahead) });
    for (const token of tokens) this.#options.tokens.adopt(token, record.signInStamp, ahead);
    look();
  }

  #accept(session: Session, word: Word): void {
    const { doubt, inquiry, look, record } = this.#options;
    const extendedAt = this.#extendedAt();
    const wasPresent = record.fact.kind === 'present';
    const accepted = record.accept(session, word);
    this.#isConfirmed = true;
    this.#dropTokens(accepted);
    inquiry.forgive();
    doubt.settle();
    this.#draw(accepted.isNews);
    // A word that was checked may be one that has not heard ours. Of two persons neither insists.
    const insists = !this.#checksWord || word === 'signed-in' || !accepted.isOther;
    if (insists && (this.#checksWord || accepted.isToBeTold)) this.#tell();
    this.#checksWord = false;
    if (word === 'signed-in' && !accepted.isOther) {
      if (wasPresent) this.#recordSignIn();
      this.#recordExtension(extendedAt);
    }
    look();
  }

  #hear(told: SharedSession): void {
    const { clock, doubt, ending, inquiry, record } = this.#options;
    const before = record.fact.kind;
    const extendedAt = this.#extendedAt();
    const heard = record.hear(told);
    const { isOther, kind } = heard;
    // A source that keeps sign-ins by the tab knows nothing of this one.
    const isFirst = kind === 'present' && before !== 'present';
    if (kind === 'present') {
      this.#dropTokens(heard);
      inquiry.forgive();
      if (before === 'present' && heard.isNewSignIn && !isOther) this.#recordSignIn();
      this.#recordExtension(extendedAt);
      this.#draw(before !== 'present' || heard.isNewSignIn);
      if (isFirst || isOther) this.#isConfirmed = false;
      if (isFirst && clock.inDoubt) doubt.raise();
    }
    if (kind === 'ended') ending.dropTokens(sessionExpired());
    // On somebody else our own source is asked too; and where the word is older than what we know.
    this.#checksWord = isOther || kind === 'conflict';
    if (this.#checksWord || isFirst) this.#askAnew(this.#checksWord);
  }

  /** What was asked before is older than what there is to check. */
  #askAnew(forceRefresh: boolean): void {
    const { inquiry, signing } = this.#options;
    // It is being asked who has just signed in.
    if (signing.act === 'signed-in') return;
    inquiry.callOff();
    inquiry.ask(forceRefresh);
  }

  /** The same person has signed in anew, which the snapshot may not show. */
  #recordSignIn(): void {
    const { clock, record, store } = this.#options;
    if (record.fact.kind !== 'present') return;
    store.record({ type: 'session-started', at: clock.now(), session: record.fact.session });
  }

  /** What a later extension is told from; never, where there is no session to extend. */
  #extendedAt(): Instant {
    const { record } = this.#options;
    return record.fact.kind === 'present' ? record.extendedAt : Number.POSITIVE_INFINITY;
  }

  /** Before anything is published: another user must not be visible together with a former token. */
  #dropTokens({ isOther, isNewSignIn }: Consequences): void {
    const { tokens } = this.#options;
    if (isOther) tokens.rejectAll(userChanged());
    if (isNewSignIn) tokens.forget();
  }

  /** What a sign-in means to the calls that wait. */
  #draw(isNews: boolean): void {
    const { gate, record, tokens } = this.#options;
    if (!isNews || record.fact.kind !== 'present') return;
    tokens.forgive();
    gate.open(record.fact.session);
  }

  /** It was extended, unless it already lasted from later than `before`. */
  #recordExtension(before: Instant): void {
    const { clock, publish, record, store } = this.#options;
    if (record.fact.kind !== 'present' || record.extendedAt <= before) return;
    publish();
    const { session, deadline } = store.snapshot;
    if (session) store.record({ type: 'session-extended', at: clock.now(), session, deadline });
  }

  #tell(): void {
    const { record, siblings } = this.#options;
    siblings.tabs.tell({ session: record.share() });
  }
}
