import { readSession } from './answers.js';
import type { SessionFact } from './derive.js';
import type { EndReason } from './snapshot.js';
import type { Instant, Session } from './types.js';

export type Present = Extract<SessionFact, { kind: 'present' }>;
export type Ended = Extract<SessionFact, { kind: 'ended' }>;

/** What is known before anybody was asked: what the server has rendered, if anything. */
export function firstFact(initialSession: Session | null | undefined, now: Instant): SessionFact {
  if (initialSession === undefined) return { kind: 'unasked' };
  const session = readSession(initialSession, now, 'initialSession');
  return session ? present(session, now) : { kind: 'nobody', reason: null, at: now };
}

export function present(session: Session, now: Instant): Present {
  return { kind: 'present', session, since: now, extendedAt: now };
}

export function ended({ session, extendedAt }: Present, reason: EndReason, at: Instant): Ended {
  return { kind: 'ended', session, reason, at, extendedAt };
}

/** Whose session it is or was. */
export function ownerOf(fact: SessionFact): string | null {
  return 'session' in fact ? fact.session.user.sub : null;
}

/** The same on a clock that is by `shift` ms ahead. */
export function shiftedFact<Fact extends SessionFact>(fact: Fact, shift: number): Fact {
  switch (fact.kind) {
    case 'unasked':
      return fact;
    case 'present':
      return { ...fact, since: fact.since + shift, extendedAt: fact.extendedAt + shift };
    case 'nobody':
      return { ...fact, at: fact.at + shift };
    case 'ended':
      return { ...fact, at: fact.at + shift, extendedAt: fact.extendedAt + shift };
  }
}
