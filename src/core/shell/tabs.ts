import type { Environment, TabChannel } from '../environment.js';

/** The channel to the other tabs, and what waits for their messages. */
export class Tabs {
  readonly #env: Environment;
  readonly #name: string;
  readonly #onMessage: (data: unknown) => void;
  readonly #waiting = new Set<() => void>();
  #channel: TabChannel | null = null;

  constructor(env: Environment, name: string, onMessage: (data: unknown) => void) {
    this.#env = env;
    this.#name = name;
    this.#onMessage = onMessage;
  }

  setOpen(isOpen: boolean): void {
    if (isOpen) {
      this.#channel ??= this.#env.openChannel(this.#name, (data) => {
        this.#onMessage(data);
        this.#check();
      });
    } else if (this.#channel) {
      this.#channel.close();
      this.#channel = null;
      this.#check();
    }
  }

  post(message: unknown): void {
    this.#channel?.post(message);
  }

  /** Resolves when `isSo`, which is asked after every message; after `ms`, or when the channel is closed. */
  readonly waitUntil = (ms: number, isSo: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const done = (): void => {
        this.#waiting.delete(check);
        cancel();
        resolve();
      };
      const check = (): void => {
        if (isSo() || !this.#channel) done();
      };
      const cancel = this.#env.setTimer(ms, done);
      this.#waiting.add(check);
      check();
    });

  #check(): void {
    for (const check of [...this.#waiting]) check();
  }
}
