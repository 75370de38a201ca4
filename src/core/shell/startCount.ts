/**
 * Counts `start()` (+1) and `stop()` (-1). `onChange` is called after the first start and the last stop,
 * in a microtask, so that StrictMode's start, stop, start is one start.
 */
export function createStartCount(onChange: (isRunning: boolean) => void): (change: 1 | -1) => void {
  let count = 0;
  let isRunning = false;
  return (change) => {
    count = Math.max(count + change, 0);
    queueMicrotask(() => {
      if (isRunning === count > 0) return;
      isRunning = !isRunning;
      onChange(isRunning);
    });
  };
}
