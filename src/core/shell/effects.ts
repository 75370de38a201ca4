import type { Environment } from '../environment.js';
import { SessionError } from '../errors.js';
import { isValid, tokenOf, tokenRequestOf } from '../model/accessToken.js';
import { endOf } from '../model/facts.js';
import type { Input } from '../model/input.js';
import { noStamp, stampTab, stampTime } from '../model/stamp.js';
import type { State } from '../model/state.js';
import type { RefreshLock } from './refreshLock.js';
import type { Source } from './source.js';

/** How long a new tab waits for what the other tabs know (ms). */
const syncWait = 100;

export interface EffectContext {
  readonly env: Environment;
  readonly source: Source;
  readonly sourceName: string;
  readonly lock: RefreshLock;
  /** How long the storage of an SDK may take to be seen by another tab (ms). */
  readonly storageDelay: number;
  readonly state: () => State;
  readonly put: (input: Input) => void;
  /** Asks the other tabs, and resolves when one has answered, or after `ms`. */
  readonly sync: (ms: number) => Promise<void>;
  readonly wait: (ms: number) => Promise<void>;
}

/** Carries out what the schedule names. Resolves with the input that says how it ended. */
export function runEffect(
  context: EffectContext,
  key: string,
  signal: AbortSignal,
): Promise<Input> {
  switch (key) {
    case 'sync':
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
  const { source, state, lock } = context;
  let session = null;
  const ask = async (): Promise<void> => {
    session = await source.getSession(state().isAnswered, signal);
  };
  // After a sign-in, a refresh of the former user must not be under way in any tab.
  if (state().act.kind === 'signed-in') await lock.run(signal, ask);
  else await ask();
  return { type: 'session', session, isEvent: false };
}

async function clear({ source, state, lock }: EffectContext, signal: AbortSignal): Promise<Input> {
  await lock.run(signal, async () => {
    const { signIn } = state();
    const reason = signIn && endOf(signIn)?.reason;
    if (reason) await source.clear(reason, signal);
  });
  return { type: 'cleared' };
}

/** A token of another tab, or else of the source. */
async function refresh(context: EffectContext, key: string, signal: AbortSignal): Promise<Input> {
  const { lock, put, state } = context;
  const before = state().tokens[key]?.stamp ?? noStamp;
  const isRenewed = (): boolean => {
    const fact = tokenOf(state(), key);
    return fact !== null && fact.stamp > before && isValid(state(), fact);
  };
  let late: Promise<unknown> = Promise.resolve();
  const work = async (): Promise<void> => {
    if (isRenewed()) return;
    await waitForStorage(context);
    for (const isForced of attempts(state(), key)) {
      signal.throwIfAborted();
      if (isRenewed()) return;
      const sentAt = context.env.monotonicNow();
      const call = context.source.getAccessToken(tokenRequestOf(key), isForced, signal);
      late = call.late.then((isLate) => {
        if (!isLate) return;
        put({ type: 'late-token', request: key });
        lock.announce(state().newestToken);
      });
      const token = await call.answer;
      signal.throwIfAborted();
      const isOld = !isForced && token.value === state().tokens[key]?.token?.value;
      const roundTrip = context.env.monotonicNow() - sentAt;
      // While the lock is held, so that the next tab can know of it.
      if (!isOld) put({ type: 'token', request: key, token, isForced, roundTrip });
    }
    if (isRenewed()) lock.announce(state().newestToken);
    else if (state().requests[key]?.isRunning) throw unusable(context.sourceName);
  };
  await lock.run(signal, work, () => late);
  return { type: 'request-finished', request: key };
}

/** Whether to ask for a new token: first what the source has, where another tab has renewed it or we have none. */
function attempts({ tokens, calls }: State, key: string): boolean[] {
  const fact = tokens[key];
  const isForced = calls.some((call) => call.key === key && call.after !== null);
  const isKnownElsewhere = fact !== undefined && fact.newest > fact.stamp;
  const isFirst = !fact?.token;
  return isKnownElsewhere || (isFirst && !isForced) ? [false, true] : [true];
}

/** The SDK of another tab has stored a new refresh token, which the SDK of this tab may not see yet. */
async function waitForStorage({ env, state, storageDelay, wait }: EffectContext): Promise<void> {
  const { newestToken, tab } = state();
  if (newestToken === noStamp || stampTab(newestToken) === tab) return;
  const rest = stampTime(newestToken) + storageDelay - env.wallNow();
  if (rest > 0 && rest <= storageDelay) await wait(rest);
}

function unusable(name: string): SessionError {
  return new SessionError(
    'ERR_BAD_RESPONSE',
    `The source "${name}" answered with an access token that has expired already, or is another user's. Check its expiry, and the clocks of the server and of this device.`,
  );
}
