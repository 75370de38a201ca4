import { needsLogin, SessionError } from '../errors.js';
import { tokenRequestOf } from '../model/accessToken.js';
import { endOf } from '../model/facts.js';
import type { Input } from '../model/input.js';
import { awaitsStorage, isRenewed, refreshAttempts } from '../model/refreshAttempts.js';
import { nextStamp, noStamp, type Stamp } from '../model/stamp.js';
import type { ClientContext } from './context.js';
import type { RefreshLock } from './refreshLock.js';
import type { SessionAnswer, Source } from './source.js';
import type { TimingStorage } from './storage.js';
import type { TabSync } from './tabSync.js';
import { longestRefreshWait, whenQuiet } from './whenQuiet.js';

/** How long a sync waits for the facts of the other tabs (ms). */
const syncWait = 100;

export interface EffectContext extends ClientContext {
  readonly source: Source;
  readonly lock: RefreshLock;
  readonly storage: TimingStorage;
  readonly tabs: TabSync;
}

/** Runs the effect of a request that the schedule names. Resolves with the input for its result. */
export async function runEffect(
  context: EffectContext,
  request: string,
  signal: AbortSignal,
): Promise<Input> {
  switch (request) {
    case 'sync':
      context.storage.restore();
      await context.tabs.requestFacts(syncWait);
      return { type: 'synced' };
    case 'session':
      return requestSession(context, signal);
    case 'extend':
      return extend(context, signal);
    case 'clear':
      return clear(context, signal);
    default:
      return refresh(context, request, signal);
  }
}

async function requestSession(context: EffectContext, signal: AbortSignal): Promise<Input> {
  const { source, storage, getState } = context;
  let answer: SessionAnswer = { session: null };
  const request = async (): Promise<void> => {
    answer = await source.getSession(getState().isAnswered, signal);
  };
  // After a sign-in, no tab may be refreshing a token of the former user.
  if (getState().act.kind !== 'signed-in') await request();
  else await whenQuiet(context, request, { signal, longestWait: longestRefreshWait });
  // The storage has what another tab did in the meantime, even if its message has not arrived yet.
  storage.restore();
  return { type: 'session', ...answer, isEvent: false };
}

/** While no tab refreshes: a server that keeps both in one cookie would restore the former refresh token. */
async function extend({ lock, source }: EffectContext, signal: AbortSignal): Promise<Input> {
  const session = await lock.run(signal, () => source.extend(signal));
  return { type: 'extended', session };
}

async function clear(context: EffectContext, signal: AbortSignal): Promise<Input> {
  const { source, lock, storage, getState } = context;
  await lock.run(signal, async () => {
    storage.restore();
    signal.throwIfAborted();
    const { signIn } = getState();
    const end = signIn && endOf(signIn);
    if (!end) return;
    // Otherwise the SDK would lose the user who is signing in.
    if (storage.readLogin() !== noStamp)
      throw new SessionError('ERR_SERVER', 'A sign-in is in progress.');
    await source.clear(end.reason, signal);
  });
  return { type: 'cleared' };
}

/** Adopts the token of another tab, or requests one from the source. */
async function refresh(context: EffectContext, key: string, signal: AbortSignal): Promise<Input> {
  const { lock, env, config, source, storage, tabs, getState, dispatch } = context;
  const before = getState().tokens[key]?.stamp ?? noStamp;
  const hasNewToken = (): boolean => isRenewed(getState(), key, before);
  const announce = (): void => {
    const { latest, newestToken } = getState();
    if (hasNewToken()) return lock.announce('published', newestToken);
    // The SDK has stored new tokens, of which this tab received none.
    lock.announce('stored', nextStamp(latest, env.wallNow(), config.tab));
  };
  let late: Promise<unknown> = Promise.resolve();
  const work = async (latestRefresh: Stamp): Promise<void> => {
    if (hasNewToken()) return;
    if (awaitsStorage(getState(), latestRefresh, env.wallNow()))
      await tabs.waitUntil(config.storageDelay, () => false);
    for (const isForced of refreshAttempts(getState(), key, latestRefresh)) {
      signal.throwIfAborted();
      if (hasNewToken()) return;
      const sentAt = env.monotonicNow();
      const call = source.getAccessToken(tokenRequestOf(key), isForced, signal);
      late = call.late.then((isLate) => isLate && announce());
      const token = await call.answer;
      if (!isForced && token.value === getState().tokens[key]?.token?.value) continue;
      const roundTrip = env.monotonicNow() - sentAt;
      // Published and announced while the lock is held, so that the next holder finds the token.
      if (!signal.aborted) dispatch({ type: 'token', request: key, token, isForced, roundTrip });
      announce();
    }
    signal.throwIfAborted();
    if (getState().requests[key]?.isRunning) throw unusableToken(source.name);
  };
  try {
    await lock.run(signal, work, () => late);
  } catch (error) {
    // The source may have refused because another tab has ended the session.
    if (needsLogin(error)) storage.restore();
    throw error;
  }
  return { type: 'request-finished', request: key };
}

function unusableToken(sourceName: string): SessionError {
  return new SessionError(
    'ERR_BAD_RESPONSE',
    `The source "${sourceName}" returned an access token that has expired or belongs to another user. Check its expiry, and the clocks of the server and this device.`,
  );
}
