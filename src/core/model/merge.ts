import { type End, endOf, type Facts, type SignIn, type TokenFact } from './facts.js';
import { latestStamp } from './stamp.js';

/**
 * The facts of two tabs as one. It is commutative, associative and idempotent, so messages may be lost,
 * repeated and reordered: tabs that have received the same facts agree.
 */
export function merge(mine: Facts, theirs: Facts): Facts {
  const tokens = { ...mine.tokens };
  for (const [key, token] of Object.entries(theirs.tokens)) {
    tokens[key] = mergeToken(tokens[key] ?? token, token);
  }
  return { signIn: mergeSignIn(mine.signIn, theirs.signIn), tokens };
}

export function mergeSignIn(mine: SignIn | null, theirs: SignIn | null): SignIn | null {
  if (!mine || !theirs) return mine ?? theirs;
  if (mine.id !== theirs.id) return mine.id > theirs.id ? mine : theirs;
  const { session, sessionStamp, begunAt } =
    mine.sessionStamp >= theirs.sessionStamp ? mine : theirs;
  return {
    ...mine,
    session,
    sessionStamp,
    begunAt,
    // An instant that was converted between clocks may look earlier than it was.
    startedAt: Math.max(mine.startedAt, theirs.startedAt),
    extendedAt: Math.max(mine.extendedAt, theirs.extendedAt),
    extendedStamp: latestStamp(mine.extendedStamp, theirs.extendedStamp),
    end: mergeEnd(mine.end, theirs.end),
  };
}

/** The end that is hardest to refute: any other end before an idle one, then the later extension, then the later stamp. */
function mergeEnd(mine: End | null, theirs: End | null): End | null {
  if (!mine || !theirs) return mine ?? theirs;
  const [isMineIdle, isTheirsIdle] = [mine.reason === 'idle', theirs.reason === 'idle'];
  if (isMineIdle !== isTheirsIdle) return isMineIdle ? theirs : mine;
  if (isMineIdle && mine.extendedStamp !== theirs.extendedStamp) {
    return mine.extendedStamp > theirs.extendedStamp ? mine : theirs;
  }
  return mine.stamp >= theirs.stamp ? mine : theirs;
}

/** The newest token that can be had; one that is not shared only makes `newest` later. */
function mergeToken(mine: TokenFact, theirs: TokenFact): TokenFact {
  const isSameKind = (mine.token === null) === (theirs.token === null);
  const isMine = isSameKind ? mine.stamp >= theirs.stamp : mine.token !== null;
  return { ...(isMine ? mine : theirs), newest: latestStamp(mine.newest, theirs.newest) };
}

/** Facts with equal fingerprints say the same. It is made of stamps alone, as times are converted between tabs. */
export function fingerprintOf({ signIn, tokens }: Facts): string {
  const { id, sessionStamp, extendedStamp } = signIn ?? {};
  const end = signIn && endOf(signIn);
  const newest = Object.entries(tokens).map(([key, token]) => key + token.newest);
  return [id, sessionStamp, extendedStamp, end?.stamp, ...newest.sort()].join();
}
