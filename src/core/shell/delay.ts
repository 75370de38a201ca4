import type { Environment } from '../environment.js';

/** A delay that can end early. */
export interface Delay {
  readonly over: Promise<void>;
  end(): void;
}

/** Starts a delay of `ms`. */
export function startDelay(env: Environment, ms: number): Delay {
  let end!: () => void;
  const over = new Promise<void>((resolve) => {
    const cancelTimer = env.setTimer(ms, resolve);
    end = () => {
      cancelTimer();
      resolve();
    };
  });
  return { over, end };
}

/** Resolves when `promise` is settled, after `ms` at the latest: an SDK's promise may never settle. */
export async function settledWithin(
  env: Environment,
  ms: number,
  promise: Promise<unknown> | null,
): Promise<void> {
  const { over, end } = startDelay(env, ms);
  await Promise.race([Promise.allSettled([promise]), over]);
  end();
}
