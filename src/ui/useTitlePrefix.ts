'use client';
import { useEffect } from 'react';

/** Puts `prefix` before the document's title while the tab is hidden, and gives the title back. */
export function useTitlePrefix(prefix: string): void {
  useEffect(() => {
    if (prefix.trim() === '') return;
    let giveBack = (): void => {};
    const update = (): void => {
      giveBack();
      giveBack = document.visibilityState === 'hidden' ? mark(prefix) : () => {};
    };
    update();
    document.addEventListener('visibilitychange', update);
    return () => {
      document.removeEventListener('visibilitychange', update);
      giveBack();
    };
  }, [prefix]);
}

/** Returns how to give the title back; one that the app has set meanwhile is left alone. */
function mark(prefix: string): () => void {
  const before = document.title;
  document.title = `${prefix} · ${before}`;
  // As the browser has it: white space is collapsed.
  const marked = document.title;
  return () => {
    if (document.title === marked) document.title = before;
  };
}
