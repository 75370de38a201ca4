import type { Environment } from './environment.js';

/** How long a tab that has its turn waits for a sibling's word that is still under way (ms). */
const wordWait = 1_000;
/** How long a word is known to have been given (ms). */
const wordLife = 5_000;
/** How long one tab's storage may take to be seen by another's (ms). */
const storageLag = 500;
const longestMemory = 200;

export interface WordsOptions {
  /** The client's, the same in all tabs. */
  name: string;
  /** This tab's. */
  tab: string;
  env: Environment;
}

/**
 * Which messages were given, and heard. A turn and a message come by different ways, so the next
 * tab may have the turn before the word; a lock that bears the word's name tells it what to wait for.
 */
export class Words {
  readonly #options: WordsOptions;
  readonly #prefix: string;
  /** The latest that were heard, by their ids. */
  readonly #heard = new Set<string>();
  readonly #listeners = new Set<(isOver: boolean) => void>();
  /** When a sibling has last told of a token (ms, monotonic). */
  #toldAt = Number.NEGATIVE_INFINITY;
  #given: Promise<void> = Promise.resolve();
  #forget: () => void = () => {};

  constructor(options: WordsOptions) {
    this.#options = options;
    this.#prefix = `${options.name}:word:`;
  }

  /** Settles when all other tabs can know that there is a word of ours that they must hear. */
  get given(): Promise<void> {
    return this.#given;
  }

  /** A word of ours that who takes the turn next must have heard. */
  give(id: string): void {
    const { env } = this.#options;
    this.#forget();
    this.#given = new Promise((given) => {
      const never = new AbortController().signal;
      const held = env.locks?.hold(this.#prefix + id, never, () => {
        given();
        return this.#remember();
      });
      held?.catch(() => given());
    });
  }

  /** A sibling's word has come. */
  hear(id: string, isOfToken: boolean): void {
    if (isOfToken) this.#toldAt = this.#options.env.monotonicNow();
    this.#heard.add(id);
    const [oldest] = this.#heard;
    if (this.#heard.size > longestMemory && oldest !== undefined) this.#heard.delete(oldest);
    this.#tell();
  }

  /** Resolves when all that was given has been heard, or should have been. */
  async hearAll(signal: AbortSignal): Promise<void> {
    const held = (await this.#options.env.locks?.held()) ?? [];
    const words = held
      .filter((name) => name.startsWith(this.#prefix))
      .map((name) => name.slice(this.#prefix.length))
      .filter((id) => !id.startsWith(`${this.#options.tab}.`));
    await this.wait(wordWait, () => words.every((id) => this.#heard.has(id)));
    signal.throwIfAborted();
  }

  /** Lets arrive here what another tab has stored: `justNow`, or when it has last told of a token. */
  async letStorageArrive(justNow: boolean): Promise<void> {
    const now = this.#options.env.monotonicNow();
    const rest = (justNow ? now : this.#toldAt) + storageLag - now;
    if (rest > 0) await this.wait(rest, () => false);
  }

  /** Waits until a message has made it so, for at most `ms`, or until there is nothing more to hear. */
  wait(ms: number, isSo: () => boolean): Promise<void> {
    if (isSo()) return Promise.resolve();
    return new Promise((resolve) => {
      const stop = (): void => {
        this.#listeners.delete(listener);
        cancelTimer();
        resolve();
      };
      const listener = (isOver: boolean): void => {
        if (isOver || isSo()) stop();
      };
      const cancelTimer = this.#options.env.setTimer(ms, stop);
      this.#listeners.add(listener);
    });
  }

  close(): void {
    this.#forget();
    this.#tell(true);
  }

  #remember(): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#options.env.setTimer(wordLife, resolve);
      this.#forget = () => {
        cancel();
        resolve();
      };
    });
  }

  #tell(isOver = false): void {
    for (const listener of [...this.#listeners]) listener(isOver);
  }
}
