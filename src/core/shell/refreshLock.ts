import { makeError } from '../errorMessages.js';
import { latestStamp, type Stamp } from '../model/stamp.js';
import { warnOnce } from '../tabPlatform.js';
import type { ClientContext } from './context.js';
import { settledWithin, startDelay } from './delay.js';
import { originName, refreshLockName } from './names.js';
import type { TabSync } from './tabSync.js';

/** How much longer than the source's time limit a tab waits for the lock (ms). */
const lockGrace = 5_000;
/** How long the holder waits for a message that has not arrived yet (ms). */
const messageWait = 1_000;
/** How long the lock that announces a token is held (ms). */
const announcementLife = 5_000;

/**
 * One tab of the origin at a time sends requests to the provider: a refresh token that is used twice ends
 * the sign-in (RFC 9700 §4.14.2). The lock is never stolen: the browser releases it when its tab is closed
 * or frozen, and a time limit when its request hangs. Its name is the same in every release.
 */
export interface RefreshLock {
  /**
   * Runs `work`, and resolves with its result, while no other tab does, after the tokens that earlier holders announced have been
   * received. `work` gets the stamp of the latest refresh that was announced in the last seconds. The lock
   * is held until the promise of `isQuiet` settles, for the source's time limit at most. Rejects with
   * `ERR_TIMEOUT` if the lock is not available in time, and with the reason of `signal`.
   */
  run<Result>(
    signal: AbortSignal,
    work: (latestRefresh: Stamp) => Promise<Result>,
    isQuiet?: () => Promise<unknown>,
  ): Promise<Result>;
  /**
   * Announces a refresh to the next holder, which may get the lock before the message with the token: a
   * second lock is held whose name contains the stamp. `published`: the next holder waits for the message.
   * `stored`: there is no message; it waits until the SDK's storage is visible.
   */
  announce(kind: 'published' | 'stored', stamp: Stamp): void;
  stopAnnouncing(): void;
}

/** `clientName` is the same in all tabs; `timeout`: how long the source may take to answer (ms). */
export function createRefreshLock(
  { env, getState }: ClientContext,
  clientName: string,
  timeout: number,
  { waitUntil }: Pick<TabSync, 'waitUntil'>,
): RefreshLock {
  /** `null`: the platform has none, or denies them. */
  let { locks } = env;
  const name = originName(clientName);
  /** Without locks, the requests of this tab at least run one after the other. */
  let queue: Promise<unknown> = Promise.resolve();
  let announced: Promise<void> = Promise.resolve();
  let stopAnnouncing = (): void => {};

  function run<Result>(
    signal: AbortSignal,
    work: (latestRefresh: Stamp) => Promise<Result>,
    isQuiet: () => Promise<unknown> = async () => {},
  ): Promise<Result> {
    const waiting = new AbortController();
    return new Promise((resolve, reject) => {
      const giveUp = (reason: unknown): void => {
        stopWaiting();
        waiting.abort(reason);
        reject(reason);
      };
      const onAbort = (): void => giveUp(signal.reason);
      const cancelTimer = env.setTimer(timeout + lockGrace, () => giveUp(makeError('lockTimeout')));
      const stopWaiting = (): void => {
        cancelTimer();
        signal.removeEventListener('abort', onAbort);
      };
      signal.addEventListener('abort', onAbort);
      const hold = async (): Promise<void> => {
        stopWaiting();
        const result = receiveAnnounced(signal).then(work);
        resolve(result);
        await Promise.allSettled([result]);
        await settledWithin(env, timeout, isQuiet());
        await announced;
      };
      acquire(waiting.signal, hold).catch(giveUp);
    });
  }

  function announce(kind: 'published' | 'stored', stamp: Stamp): void {
    stopAnnouncing();
    const available = locks;
    if (!available) return;
    announced = new Promise((resolve) => {
      const hold = (): Promise<void> => {
        resolve();
        const { over, end } = startDelay(env, announcementLife);
        stopAnnouncing = end;
        return over;
      };
      const never = new AbortController().signal;
      available.request(`${name}:${kind}:${stamp}`, never, hold).catch(() => resolve());
    });
  }

  /** Waits for the announced token. Resolves with the stamp of the latest refresh that any tab has announced. */
  async function receiveAnnounced(signal: AbortSignal): Promise<Stamp> {
    signal.throwIfAborted();
    const held = (await locks?.held()) ?? [];
    const latestOf = (prefix: string): Stamp =>
      latestStamp(...held.map((each) => each.split(prefix)[1]));
    const published = latestOf(`${name}:published:`);
    const isReceived = (): boolean => getState().newestToken >= published;
    if (!isReceived()) await waitUntil(messageWait, isReceived);
    signal.throwIfAborted();
    return latestStamp(published, latestOf(`${name}:stored:`));
  }

  async function acquire(signal: AbortSignal, hold: () => Promise<void>): Promise<void> {
    if (!locks) return enqueue(signal, hold);
    let isHeld = false;
    try {
      await locks.request(refreshLockName(clientName), signal, () => {
        isHeld = true;
        return hold();
      });
    } catch (error) {
      if (isHeld || signal.aborted) throw error;
      // The platform has locks and denies them, in a sandboxed frame or if all cookies are blocked.
      locks = null;
      warnOnce('is denied its Web Locks (a sandboxed frame, or blocked storage)');
      return enqueue(signal, hold);
    }
  }

  function enqueue(signal: AbortSignal, hold: () => Promise<void>): Promise<void> {
    const held = queue.then(() => {
      signal.throwIfAborted();
      return hold();
    });
    queue = held.catch(() => {});
    return held;
  }

  return { run, announce, stopAnnouncing: () => stopAnnouncing() };
}
