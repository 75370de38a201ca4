import type { Environment } from './browser';

type Locks = NonNullable<Environment['locks']>;

/** Web Locks of a simulated browser: one holder per name, in the order of the requests. */
export class SimulatedLocks implements Locks {
  readonly #held = new Set<string>();
  readonly #last = new Map<string, Promise<void>>();

  async request<Result>(
    name: string,
    signal: AbortSignal,
    work: () => Promise<Result>,
  ): Promise<Result> {
    const before = this.#last.get(name) ?? Promise.resolve();
    const { promise: released, resolve: release } = deferred();
    this.#last.set(
      name,
      Promise.all([before, released]).then(() => {}),
    );
    try {
      await untilFree(before, signal);
      this.#held.add(name);
      return await work().finally(() => this.#held.delete(name));
    } finally {
      release();
    }
  }

  async held(): Promise<string[]> {
    return [...this.#held];
  }
}

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => {};
  const promise = new Promise<void>((onDone) => {
    resolve = onDone;
  });
  return { promise, resolve };
}

async function untilFree(before: Promise<void>, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const { promise: aborted, resolve } = deferred();
  signal.addEventListener('abort', resolve, { once: true });
  await Promise.race([before, aborted]);
  signal.removeEventListener('abort', resolve);
  signal.throwIfAborted();
}
