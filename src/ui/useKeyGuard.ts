'use client';
import { useInsertionEffect } from 'react';
import type { SessionClient } from '../core/shell/sessionClient.js';
import { listen } from './listen.js';
import { focusedElement, isTyping, isTypingIn } from './typing.js';

/** A key within this time of the opening was meant for the page (ms). */
const reactionTime = 1_000;
/** A key within this time of the previous one belongs to the same text (ms). */
const typingPause = 500;

/** The keys that answer a prompt. */
const answers = ['Enter', ' ', 'Escape'];

/**
 * If the user is typing when a prompt opens, a key that was meant for the page does not answer the prompt: Enter,
 * Space and Escape are ignored for a second and while the user goes on typing. One that is held down is ignored
 * in any case. Keys still reach fields, and the element that had the focus before.
 */
export function useKeyGuard(client: SessionClient, isOpen: boolean): void {
  // Insertion effects run before the effects in which a dialog moves the focus and listens for Escape. On a server,
  // React 18 warns about layout effects, but not about these.
  useInsertionEffect(() => {
    if (!isOpen) return;
    const before = focusedElement();
    const { monotonicNow } = client.environment;
    let guardedUntil = isTyping() ? monotonicNow() + reactionTime : 0;
    const guard = (event: KeyboardEvent): void => {
      const now = monotonicNow();
      const [target] = event.composedPath();
      const isAnswer = answers.includes(event.key);
      const isGuarded = (isAnswer && event.repeat) || now < guardedUntil;
      if (!isGuarded || target === before || isTypingIn(target)) return;
      guardedUntil = Math.max(guardedUntil, now + typingPause);
      if (!isAnswer) return;
      event.preventDefault();
      event.stopPropagation();
    };
    // `keyup` too: Space presses a button when it is released.
    return listen(['keydown', 'keyup'], guard);
  }, [client, isOpen]);
}
