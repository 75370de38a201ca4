'use client';
import { useEffect } from 'react';

/** Adds `prefix` to the document's title while the tab is hidden, and restores the title afterwards. */
export function useTitlePrefix(prefix: string): void {
  useEffect(() => {
    if (prefix.trim() === '') return;
    let restore = (): void => {};
    const update = (): void => {
      restore();
      restore = document.visibilityState === 'hidden' ? addPrefix(prefix) : () => {};
    };
    update();
    document.addEventListener('visibilitychange', update);
    return () => {
      document.removeEventListener('visibilitychange', update);
      restore();
    };
  }, [prefix]);
}

/** Returns a function that restores the title, unless the app has set another one meanwhile. */
function addPrefix(prefix: string): () => void {
  const before = document.title;
  document.title = `${prefix} · ${before}`;
  // Read back, because the browser collapses white space.
  const prefixed = document.title;
  return () => {
    if (document.title === prefixed) document.title = before;
  };
}
