import type { ClientContext } from './context.js';
import { startDelay } from './delay.js';
import type { RefreshLock } from './refreshLock.js';

/** How long a sign-in or sign-out waits for a refresh (ms): five seconds after a click, Chromium opens no pop-up. */
export const longestClickWait = 3_000;

export interface QuietOptions {
  readonly signal: AbortSignal;
  /** After this time `work` starts all the same (ms). */
  readonly longestWait: number;
  /** Whether no tab refreshes until `work` is done, for the source's time limit at most. */
  readonly isHeld?: boolean;
}

/** Starts `work` while no tab of the origin refreshes a token: an SDK stores the answer of a refresh whatever has happened meanwhile. */
export async function whenQuiet<Result>(
  { env, lock }: Pick<ClientContext, 'env'> & { lock: RefreshLock },
  work: () => Promise<Result>,
  { signal, longestWait, isHeld = false }: QuietOptions,
): Promise<Result> {
  let started: Promise<Result> | null = null;
  const start = (): Promise<Result> => {
    started ??= work();
    return started;
  };
  const { over, end } = startDelay(env, longestWait);
  const isQuiet = lock.run(
    signal,
    async () => void start(),
    async () => isHeld && started,
  );
  // Without the lock, a late answer can still be undone afterwards.
  await Promise.race([isQuiet.catch(() => {}), over]);
  end();
  signal.throwIfAborted();
  return start();
}
