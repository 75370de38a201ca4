'use client';
import { type FocusEvent, useLayoutEffect, useRef } from 'react';

interface FocusHandlers {
  onFocus: (event: FocusEvent) => void;
  onBlur: (event: FocusEvent) => void;
}

/**
 * Returns handlers for an element whose content disappears when `isOpen` becomes false: a focus in it then
 * returns to where it was before, so that a user of the keyboard does not start again at the top of the page.
 */
export function useFocusReturn(isOpen: boolean): FocusHandlers {
  const before = useRef<EventTarget | null>(null);
  const focused = useRef<Element | null>(null);
  useLayoutEffect(() => {
    if (!isOpen) return;
    return () => {
      if (focused.current && isFocusLost(focused.current)) focus(before.current);
      focused.current = null;
    };
  }, [isOpen]);
  return {
    onFocus({ currentTarget, relatedTarget }) {
      if (!focused.current) before.current = relatedTarget;
      focused.current = currentTarget;
    },
    onBlur({ currentTarget, relatedTarget }) {
      // Without another target the window has lost the focus, and the element gets it back.
      if (relatedTarget && !currentTarget.contains(relatedTarget as Node)) focused.current = null;
    },
  };
}

/** Whether the focus was in an element that is being removed. */
function isFocusLost(element: Element): boolean {
  const { activeElement, body } = document;
  return !activeElement || activeElement === body || element.contains(activeElement);
}

function focus(target: EventTarget | null): void {
  if (target instanceof HTMLElement && target.isConnected) target.focus();
}
