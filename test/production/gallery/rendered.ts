/** Resolves when the document has not changed for five frames: React has rendered, and the effects have run. */
export function rendered(): Promise<void> {
  return new Promise((resolve) => {
    let frames = 0;
    const observer = new MutationObserver(() => {
      frames = 0;
    });
    observer.observe(document, { attributes: true, childList: true, subtree: true });
    const count = (): void => {
      frames++;
      if (frames < 5) {
        requestAnimationFrame(count);
        return;
      }
      observer.disconnect();
      resolve();
    };
    count();
  });
}
