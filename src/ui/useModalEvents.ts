'use client';
import { type RefObject, useEffect, useLayoutEffect } from 'react';
import { otherModals } from './keepReachable.js';
import { listen } from './listen.js';

/**
 * Events by which another modal of the page notices a press, a key or the focus outside of it (Radix, MUI, React
 * Aria, Headless UI): it would close, and the content of its form would be lost. `pointerup` and `mouseup` are not
 * among them, because they may end a movement that has begun in the page.
 */
const observed = [
  'pointerdown',
  'mousedown',
  'touchstart',
  'touchend',
  'focusin',
  'keydown',
  'keyup',
] as const;

/**
 * Stops these events of an open modal dialog before the rest of the page receives them, but for those of a slot
 * while no other modal is open: a button of React Aria there needs them. Their default actions
 * still happen, so a click and the keyboard work. Call it before the effect that opens the dialog and moves the focus.
 */
export function useModalEvents(ref: RefObject<HTMLDialogElement | null>): void {
  useLayoutEffect(() => {
    const handle = (event: Event): void => {
      if (!isOf(event, ref.current)) return;
      if (!isInSlot(event) || document.querySelector(otherModals)) event.stopPropagation();
    };
    // Radix and React Aria listen in the capture phase of the document.
    return listen(observed, handle);
  }, [ref]);
}

/** Calls `onEscape` for the Escape key in an open dialog, unless a listener has ignored the key. */
export function useEscape(ref: RefObject<HTMLDialogElement | null>, onEscape: () => void): void {
  // Not a layout effect: the key guard of the hook around the dialog comes first.
  useEffect(() => {
    const handle = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.defaultPrevented || !isOf(event, ref.current)) return;
      // Chromium closes a dialog at the second Escape, even if its `cancel` event was prevented.
      event.preventDefault();
      if (!event.repeat) onEscape();
    };
    return listen(['keydown'], handle);
  }, [ref, onEscape]);
}

/** A dialog is closed while React hides the tree. After a click on the backdrop, the keys go to the body. */
function isOf(event: Event, dialog: HTMLDialogElement | null): boolean {
  const path = event.composedPath();
  if (!dialog?.open) return false;
  // A dialog in a slot has its own events.
  const nearest = path.find((node) => (node as Element).localName === 'dialog');
  return path[0] === document.body || nearest === dialog;
}

function isInSlot({ target }: Event): boolean {
  return (target as Element).closest('.sc-actions > :not(.sc-button), .sc-footer') !== null;
}
