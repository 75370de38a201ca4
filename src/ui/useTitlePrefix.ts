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

/** Returns a function that removes the prefix, wherever it is: the app or another prompt may have changed the title. */
function addPrefix(prefix: string): () => void {
  const before = document.title;
  document.title = `${prefix} · ${before}`;
  // Read back, because the browser collapses white space.
  const added = document.title.slice(0, -before.length || undefined);
  return () => {
    document.title = document.title.replace(added, '');
  };
}
