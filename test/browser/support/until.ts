import { setTimeout as wait } from 'node:timers/promises';

/** Reads until the value is as expected; rejects with the latest value. For tests that run concurrently. */
export async function until<Value>(
  read: () => Promise<Value>,
  isExpected: (value: Value) => boolean,
  longestWait = 15_000,
): Promise<Value> {
  const end = performance.now() + longestWait;
  for (;;) {
    const value = await read();
    if (isExpected(value)) return value;
    if (performance.now() > end) throw new Error(`It remains ${JSON.stringify(value)}.`);
    await wait(50);
  }
}
