'use client';
import { useEffect } from 'react';

/** Prefixes the document's title while the tab is hidden, and restores it. */
export function useTitlePrefix(prefix: string): void {
  useEffect(() => {
    let original: string | null = null;
    const restore = (): void => {
      if (original !== null) document.title = original;
      original = null;
    };
    const update = (): void => {
      if (document.visibilityState === 'visible') return restore();
      original ??= document.title;
      document.title = `${prefix} · ${original}`;
    };
    update();
    document.addEventListener('visibilitychange', update);
    return () => {
      document.removeEventListener('visibilitychange', update);
      restore();
    };
  }, [prefix]);
}
