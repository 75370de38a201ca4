import type { ClientContext } from './context.js';
import { settledWithin } from './delay.js';
import type { RefreshLock } from './refreshLock.js';

/** How long a redirect or a sign-out waits for a refresh (ms): five seconds after a click, Chromium opens no pop-up. */
export const longestClickWait = 3_000;

/** How long a sign-in that is done waits for a refresh in any tab, whose answer may replace it (ms). */
export const longestRefreshWait = 10_000;

export interface QuietOptions {
  readonly signal: AbortSignal;
  /** After this time `work` starts all the same (ms). */
  readonly longestWait: number;
  /** Whether no tab refreshes until `work` is done, for `longestWait` at most. */
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
    started.catch(() => {});
    return started;
  };
  const hold = async (): Promise<void> => {
    // Not for longer, because `work` may need a token itself.
    if (isHeld) await settledWithin(env, longestWait, started);
  };
  const isQuiet = lock.run(signal, async () => void start(), hold);
  // Without the lock, a late answer can still be undone afterwards.
  await settledWithin(env, longestWait, isQuiet);
  signal.throwIfAborted();
  return start();
}
