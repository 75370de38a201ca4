/** A function that calls `callback` at its first call only. */
export function runOnce(callback: () => void): () => void {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    callback();
  };
}
