import type { Environment } from './environment.js';
import { SessionError } from './errors.js';
import type { Words } from './words.js';

/** How much longer than the source may take a tab waits for its turn (ms). */
const turnGrace = 5_000;
/** A turn that is free is given within this time (ms). */
const atOnce = 50;

export interface Turn {
  /** Another tab had the turn before, just now. */
  readonly waited: boolean;
}

export interface TurnsOptions {
  /** The client's, the same in all tabs. */
  name: string;
  env: Environment;
  /** How long whoever has the turn may take (ms). */
  timeout: number;
  words: Words;
}

/**
 * Whose turn it is to ask the source. Nobody's turn is ever stolen: a tab that dies loses it, one
 * that freezes gives it up, one that hangs times out.
 */
export class Turns {
  readonly #options: TurnsOptions;
  /** Where there are no locks, this tab at least takes one turn after the other. */
  #lastTurn: Promise<void> = Promise.resolve();

  constructor(options: TurnsOptions) {
    this.#options = options;
  }

  /**
   * Does `work` when no other tab does; before it, whatever was told in earlier turns has been
   * heard. The turn lasts until `quiet`: a request that nobody waits for any more may still be
   * under way. Rejects with `ERR_TIMEOUT` where the turn does not come.
   */
  take<Result>(
    signal: AbortSignal,
    work: (turn: Turn) => Promise<Result>,
    quiet: () => Promise<void>,
  ): Promise<Result> {
    const { env, timeout, words } = this.#options;
    return new Promise<Result>((resolve, reject) => {
      const waiting = new AbortController();
      const stopWaiting = (): void => {
        cancelTimer();
        signal.removeEventListener('abort', giveUp);
      };
      const leave = (reason: unknown): void => {
        stopWaiting();
        waiting.abort(reason);
        reject(reason);
      };
      const giveUp = (): void => leave(signal.reason);
      const cancelTimer = env.setTimer(timeout + turnGrace, () => leave(noTurn()));
      signal.addEventListener('abort', giveUp);
      const askedAt = env.monotonicNow();
      const turn = async (): Promise<void> => {
        stopWaiting();
        const waited = env.monotonicNow() - askedAt > atOnce;
        const result = words.hearAll(signal).then(() => work({ waited }));
        resolve(result);
        await Promise.allSettled([result]);
        await Promise.all([words.given, this.#atMost(quiet())]);
      };
      this.#hold(waiting.signal, turn).catch(leave);
    });
  }

  #hold(signal: AbortSignal, turn: () => Promise<void>): Promise<void> {
    const { env, name } = this.#options;
    if (env.locks) return env.locks.hold(`${name}:turn`, signal, turn);
    const taken = this.#lastTurn.then(() => {
      signal.throwIfAborted();
      return turn();
    });
    this.#lastTurn = taken.catch(() => {});
    return taken;
  }

  /** What neither heeds its signal nor answers is given up after another time-out. */
  async #atMost(settled: Promise<void>): Promise<void> {
    const { env, timeout } = this.#options;
    let cancel = (): void => {};
    const limit = new Promise<void>((resolve) => {
      cancel = env.setTimer(timeout, resolve);
    });
    await Promise.race([settled, limit]);
    cancel();
  }
}

function noTurn(): SessionError {
  return new SessionError(
    'ERR_TIMEOUT',
    'Another tab has been asking the source for too long. It is asked again; if this goes on, close the other tabs of this site.',
  );
}
