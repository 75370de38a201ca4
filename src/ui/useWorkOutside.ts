'use client';
import { type RefObject, useEffect } from 'react';
import { listen } from './listen.js';

/** Keys with which the user moves through the page, to the element itself for example. */
const silentKeys = ['Tab', 'Shift', 'Control', 'Alt', 'Meta'];

/**
 * Calls `onWork` when the user clicks or types outside of the element; `null`: never. Moving the pointer and
 * scrolling do not count, because the user may be on the way to the element, and events of scripts neither.
 */
export function useWorkOutside(ref: RefObject<Element | null>, onWork: (() => void) | null): void {
  useEffect(() => {
    if (!onWork) return;
    const handle = (event: Event): void => {
      const isInside = event.composedPath().includes(ref.current as EventTarget);
      const isSilent = silentKeys.includes((event as KeyboardEvent).key);
      if (event.isTrusted && !isInside && !isSilent) onWork();
    };
    // `click`, because the page may move when the element changes: not between press and release.
    return listen(['click', 'keydown'], handle);
  }, [ref, onWork]);
}
