/** What is taken back twice counts once. */
export function once(takeBack: () => void): () => void {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    takeBack();
  };
}
