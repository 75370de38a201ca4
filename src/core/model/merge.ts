import { type End, endOf, type Facts, type SignIn, type TokenFact } from './facts.js';
import { latestStamp } from './stamp.js';

/**
 * Merges the facts of two tabs. It is commutative, associative and idempotent, so messages may be lost,
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
    // The conversion between clocks can make an instant earlier than it was.
    startedAt: Math.max(mine.startedAt, theirs.startedAt),
    extendedAt: Math.max(mine.extendedAt, theirs.extendedAt),
    extendedStamp: latestStamp(mine.extendedStamp, theirs.extendedStamp),
    end: mergeEnd(mine.end, theirs.end),
  };
}

function mergeEnd(mine: End | null, theirs: End | null): End | null {
  if (!mine || !theirs) return mine ?? theirs;
  return rankOf(mine) >= rankOf(theirs) ? mine : theirs;
}

/** Only an idle end can be undone, by an extension later than the one that it knew. A sign-out counts before other ends. */
function rankOf({ reason, extendedStamp, stamp }: End): string {
  if (reason === 'idle') return `1 ${extendedStamp} ${stamp}`;
  return `${reason.startsWith('signed-out') ? 3 : 2} ${stamp}`;
}

/** The newest token that is shared; a token that is not shared only updates `newest`. */
function mergeToken(mine: TokenFact, theirs: TokenFact): TokenFact {
  const isSameKind = (mine.token === null) === (theirs.token === null);
  const isMine = isSameKind ? mine.stamp >= theirs.stamp : mine.token !== null;
  return { ...(isMine ? mine : theirs), newest: latestStamp(mine.newest, theirs.newest) };
}

/** Equal for equal facts. It consists of stamps only, because instants are converted between tabs. */
export function fingerprintOf({ signIn, tokens }: Facts): string {
  const { id, sessionStamp, extendedStamp } = signIn ?? {};
  const end = signIn && endOf(signIn);
  const newest = Object.entries(tokens).map(([key, token]) => key + token.newest);
  return [id, sessionStamp, extendedStamp, end?.stamp, ...newest.sort()].join();
}
