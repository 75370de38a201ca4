'use client';
import { useEffect } from 'react';

/** Puts `prefix` before the document's title while the tab is hidden, and takes it away again. */
export function useTitlePrefix(prefix: string): void {
  useEffect(() => {
    const mark = `${prefix} · `;
    const update = (): void => {
      removeMark(mark);
      if (document.visibilityState === 'hidden') document.title = mark + document.title;
    };
    update();
    document.addEventListener('visibilitychange', update);
    return () => {
      document.removeEventListener('visibilitychange', update);
      removeMark(mark);
    };
  }, [prefix]);
}

/** A title that the app has set meanwhile is left alone. */
function removeMark(mark: string): void {
  if (document.title.startsWith(mark)) document.title = document.title.slice(mark.length);
}
