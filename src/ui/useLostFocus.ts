'use client';
import { useInsertionEffect } from 'react';
import type { SessionClient } from '../core/shell/sessionClient.js';
import { focusedElement } from './typing.js';

/**
 * Returns the focus to where it was before a dialog opened, if it is lost when the dialog closes: Radix returns it
 * only to the button that opened the dialog, and nothing did here.
 */
export function useLostFocus({ environment }: SessionClient, isOpen: boolean): void {
  // It runs before the effects in which a dialog moves the focus.
  useInsertionEffect(() => {
    if (!isOpen) return;
    const before = focusedElement();
    return () => {
      environment.setTimer(0, () => {
        if (document.activeElement === document.body) (before as HTMLElement | null)?.focus();
      });
    };
  }, [environment, isOpen]);
}
