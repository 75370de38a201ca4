import { type Environment, warnOnce } from '../environment.js';
import { makeError } from '../errorMessages.js';
import { latestStamp, type Stamp } from '../model/stamp.js';

/** How much longer than the source may take a tab waits for the lock (ms). */
const lockGrace = 5_000;
/** How long the holder waits for a message that is still under way (ms). */
const messageWait = 1_000;
/** How long the stamp of the newest token is announced by a lock of its own (ms). */
const announcementLife = 5_000;

export interface RefreshLockOptions {
  /** The same in all tabs. */
  readonly name: string;
  readonly env: Environment;
  /** How long the source may take (ms). */
  readonly timeout: number;
  /** The stamp of the newest token that is known here. */
  readonly newestToken: () => Stamp;
  /** Resolves when `isSo`, which is asked after every message, or after `ms`. */
  readonly waitUntil: (ms: number, isSo: () => boolean) => Promise<void>;
}

/**
 * One tab of the origin at a time talks to the provider (RFC 9700 §4.14: a refresh token that is used twice
 * ends the sign-in). The lock is never stolen: a tab that dies loses it, one that freezes gives it up, one
 * that hangs times out. Its name is the same in every release.
 */
export class RefreshLock {
  readonly #options: RefreshLockOptions;
  /** Where there are no locks, or they are denied, this tab at least makes one request after the other. */
  #queue: Promise<unknown> = Promise.resolve();
  #isDenied = false;
  #announced: Promise<void> = Promise.resolve();
  #stopAnnouncing: () => void = () => {};

  constructor(options: RefreshLockOptions) {
    this.#options = options;
  }

  /**
   * Does `work` while no other tab does, after all that earlier holders have announced was received; `work`
   * is given the stamp of the latest refresh that was announced in the last seconds. The lock is kept until `isQuiet` settles, for `timeout` at
   * most. Rejects with `ERR_TIMEOUT` where the lock cannot be had.
   */
  run(
    signal: AbortSignal,
    work: (latestRefresh: Stamp) => Promise<void>,
    isQuiet: () => Promise<unknown> = async () => {},
  ): Promise<void> {
    const { env, timeout } = this.#options;
    const waiting = new AbortController();
    return new Promise<void>((resolve, reject) => {
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
        const result = this.#receiveAnnounced(signal).then(work);
        resolve(result);
        await Promise.allSettled([result]);
        await this.#atMost(isQuiet());
        await this.#announced;
      };
      this.#acquire(waiting.signal, hold).catch(giveUp);
    });
  }

  /**
   * A lock and a message come by different ways, so the next tab may have the lock before the message. A
   * second lock, whose name has the stamp of the refresh, tells what to wait for; where its token is not
   * published (`'stored'`), only for the storage of the SDK.
   */
  announce(kind: 'published' | 'stored', stamp: Stamp): void {
    const { env, name } = this.#options;
    const { locks } = env;
    this.#stopAnnouncing();
    if (!locks || this.#isDenied) return;
    this.#announced = new Promise((resolve) => {
      const hold = (): Promise<void> => {
        resolve();
        return new Promise((release) => {
          const cancel = env.setTimer(announcementLife, release);
          this.#stopAnnouncing = () => {
            cancel();
            release();
          };
        });
      };
      const never = new AbortController().signal;
      locks.request(`${name}:${kind}:${stamp}`, never, hold).catch(() => resolve());
    });
  }

  stopAnnouncing(): void {
    this.#stopAnnouncing();
  }

  /** The stamp of the latest refresh that any tab has announced. */
  async #receiveAnnounced(signal: AbortSignal): Promise<Stamp> {
    const { env, name, newestToken, waitUntil } = this.#options;
    signal.throwIfAborted();
    const held = this.#isDenied ? [] : ((await env.locks?.held()) ?? []);
    const latestOf = (prefix: string): Stamp =>
      latestStamp(...held.flatMap((each) => each.split(prefix)[1] ?? []));
    const published = latestOf(`${name}:published:`);
    if (newestToken() < published) await waitUntil(messageWait, () => newestToken() >= published);
    signal.throwIfAborted();
    return latestStamp(published, latestOf(`${name}:stored:`));
  }

  async #acquire(signal: AbortSignal, hold: () => Promise<void>): Promise<void> {
    const { env, name } = this.#options;
    if (!env.locks || this.#isDenied) return this.#inLine(signal, hold);
    let isHeld = false;
    try {
      await env.locks.request(`${name}:turn`, signal, () => {
        isHeld = true;
        return hold();
      });
    } catch (error) {
      if (isHeld || signal.aborted) throw error;
      // A sandboxed frame, or all cookies blocked: the platform has locks and refuses them.
      this.#isDenied = true;
      warnOnce('is denied its Web Locks (a sandboxed frame, or blocked storage)');
      return this.#inLine(signal, hold);
    }
  }

  #inLine(signal: AbortSignal, hold: () => Promise<void>): Promise<void> {
    const held = this.#queue.then(() => {
      signal.throwIfAborted();
      return hold();
    });
    this.#queue = held.catch(() => {});
    return held;
  }

  /** A promise of an SDK that never settles is waited for once. */
  async #atMost(settled: Promise<unknown>): Promise<void> {
    const { env, timeout } = this.#options;
    let cancel = (): void => {};
    const limit = new Promise<void>((resolve) => {
      cancel = env.setTimer(timeout, resolve);
    });
    await Promise.race([settled, limit]);
    cancel();
  }
}
