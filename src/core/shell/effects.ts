import type { Environment } from '../environment.js';
import { needsLogin, SessionError } from '../errors.js';
import { isValid, tokenOf, tokenRequestOf } from '../model/accessToken.js';
import type { Config } from '../model/config.js';
import { endOf } from '../model/facts.js';
import type { Input } from '../model/input.js';
import { nextStamp, noStamp, type Stamp, stampTab, stampTime } from '../model/stamp.js';
import type { State } from '../model/state.js';
import type { Session } from '../types.js';
import type { RefreshLock } from './refreshLock.js';
import type { Source } from './source.js';

/** How long a new tab waits for what the other tabs know (ms). */
const syncWait = 100;

export interface EffectContext {
  readonly env: Environment;
  readonly config: Config;
  readonly source: Source;
  readonly lock: RefreshLock;
  readonly state: State;
  put(input: Input): void;
  /** Asks the other tabs, and resolves when one has answered, or after `ms`. */
  sync(ms: number): Promise<void>;
  /** Merges what another tab has stored; it is there even where a message was lost. */
  readStorage(): void;
  /** The stamp of a sign-in that is in progress in any tab. */
  readonly signingIn: Stamp;
  wait(ms: number): Promise<void>;
}

/** Carries out what the schedule names. Resolves with the input that says how it ended. */
export function runEffect(
  context: EffectContext,
  key: string,
  signal: AbortSignal,
): Promise<Input> {
  switch (key) {
    case 'sync':
      context.readStorage();
      return context.sync(syncWait).then(() => ({ type: 'synced' }));
    case 'session':
      return askSession(context, signal);
    case 'extend':
      return context.source.extend(signal).then((session) => ({ type: 'extended', session }));
    case 'clear':
      return clear(context, signal);
    default:
      return refresh(context, key, signal);
  }
}

async function askSession(context: EffectContext, signal: AbortSignal): Promise<Input> {
  const { source, lock } = context;
  let session: Session | null = null;
  const ask = async (): Promise<void> => {
    session = await source.getSession(context.state.isAnswered, signal);
  };
  // After a sign-in, a refresh of the former user must not be under way in any tab.
  if (context.state.act.kind === 'signed-in') await lock.run(signal, ask);
  else await ask();
  // What another tab has done meanwhile counts, though its message may still be under way.
  context.readStorage();
  return { type: 'session', session, isEvent: false };
}

async function clear(context: EffectContext, signal: AbortSignal): Promise<Input> {
  const { source, lock } = context;
  await lock.run(signal, async () => {
    context.readStorage();
    signal.throwIfAborted();
    const { signIn } = context.state;
    const end = signIn && endOf(signIn);
    // The sign-in that is in progress would lose its user.
    if (end && context.signingIn !== noStamp)
      throw new SessionError('ERR_SERVER', 'A sign-in is in progress.');
    if (end) await source.clear(end.reason, signal);
  });
  return { type: 'cleared' };
}

/** A token of another tab, or else of the source. */
async function refresh(context: EffectContext, key: string, signal: AbortSignal): Promise<Input> {
  const { lock, env } = context;
  const before = context.state.tokens[key]?.stamp ?? noStamp;
  const isRenewed = (): boolean => {
    const fact = tokenOf(context.state, key);
    return isValid(context.state, fact) && fact.stamp > before;
  };
  const announce = (): void => {
    const { latest, newestToken, tab } = context.state;
    if (isRenewed()) return lock.announce('published', newestToken);
    // The SDK has stored new tokens, and nothing of them is known here.
    lock.announce('stored', nextStamp(latest, env.wallNow(), tab));
  };
  let late: Promise<unknown> = Promise.resolve();
  const work = async (latestRefresh: Stamp): Promise<void> => {
    if (isRenewed()) return;
    await waitForStorage(context, latestRefresh);
    for (const isForced of attempts(context.state, key, latestRefresh)) {
      signal.throwIfAborted();
      if (isRenewed()) return;
      const sentAt = env.monotonicNow();
      const call = context.source.getAccessToken(tokenRequestOf(key), isForced, signal);
      late = call.late.then((isLate) => isLate && announce());
      const token = await call.answer;
      const isOld = !isForced && token.value === context.state.tokens[key]?.token?.value;
      const roundTrip = env.monotonicNow() - sentAt;
      // While the lock is held, so that the next tab can know of it.
      if (!isOld && !signal.aborted)
        context.put({ type: 'token', request: key, token, isForced, roundTrip });
      if (!isOld) announce();
    }
    signal.throwIfAborted();
    if (context.state.requests[key]?.isRunning) throw unusable(context.source.name);
  };
  try {
    await lock.run(signal, work, () => late);
  } catch (error) {
    // A session that another tab has ended was not refused.
    if (needsLogin(error)) context.readStorage();
    throw error;
  }
  return { type: 'request-finished', request: key };
}

/** Whether to ask for a new token: first for what the source has, where that is newer or we have none. */
function attempts({ tokens, calls }: State, key: string, latestRefresh: Stamp): boolean[] {
  const fact = tokens[key];
  const isForced = calls.some((call) => call.key === key && call.after !== null);
  if (!fact?.token) return isForced ? [true] : [false, true];
  return fact.newest > fact.stamp || latestRefresh > fact.newest ? [false, true] : [true];
}

/** The SDK of another tab has stored a new refresh token, which the SDK of this tab may not see yet. */
async function waitForStorage(context: EffectContext, latestRefresh: Stamp): Promise<void> {
  const { env, state, config } = context;
  const { newestToken, tab } = state;
  const isOther = (stamp: Stamp): boolean => stamp !== noStamp && stampTab(stamp) !== tab;
  // A tab that was closed announces nothing any more.
  const age = env.wallNow() - stampTime(newestToken);
  const isRecent = isOther(newestToken) && age < config.storageDelay;
  if (isOther(latestRefresh) || isRecent) await context.wait(config.storageDelay);
}

function unusable(name: string): SessionError {
  return new SessionError(
    'ERR_BAD_RESPONSE',
    `The source "${name}" answered with an access token that has expired already, or is another user's. Check its expiry, and the clocks of the server and of this device.`,
  );
}
