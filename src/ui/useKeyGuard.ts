'use client';
import { useInsertionEffect, useRef } from 'react';
import type { SessionClient } from '../core/shell/sessionClient.js';
import { focusedElement, isTypingIn } from './typing.js';

/** A key within this time of the opening was meant for the page (ms). */
const reactionTime = 1_000;
/** A key within this time of the previous one belongs to the same text (ms). */
const typingPause = 500;

/**
 * If the user is typing when a prompt opens, a key that was meant for the page presses no button of the prompt:
 * Enter and Space, and Escape with `guardsEscape`, are ignored for a second and while the user goes on typing. A
 * key that is held down is ignored in any case. Keys still reach fields, and the element that had the focus before.
 */
export function useKeyGuard(client: SessionClient, isOpen: boolean, guardsEscape = false): void {
  const before = useRef<Element | null>(null);
  // Insertion effects run before the effects in which a dialog moves the focus and listens for Escape. On a server,
  // React 18 warns about layout effects, but not about these.
  useInsertionEffect(() => {
    if (isOpen) before.current = focusedElement();
  }, [isOpen]);
  useInsertionEffect(() => {
    if (!isOpen) return;
    const { monotonicNow } = client.environment;
    const keys = guardsEscape ? ['Enter', ' ', 'Escape'] : ['Enter', ' '];
    let guardedUntil = isTypingIn(before.current) ? monotonicNow() + reactionTime : 0;
    const guard = (event: KeyboardEvent): void => {
      const now = monotonicNow();
      const [target] = event.composedPath();
      const isGuarded = event.repeat || now < guardedUntil;
      if (!isGuarded || target === before.current || isTypingIn(target)) return;
      guardedUntil = Math.max(guardedUntil, now + typingPause);
      if (!keys.includes(event.key)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    // `keyup` too: Space presses a button when it is released.
    addEventListener('keydown', guard, true);
    addEventListener('keyup', guard, true);
    return () => {
      removeEventListener('keydown', guard, true);
      removeEventListener('keyup', guard, true);
    };
  }, [client, isOpen, guardsEscape]);
}
