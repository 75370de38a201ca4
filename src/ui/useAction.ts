'use client';
import { useCallback, useRef, useState } from 'react';
import { SessionError, type SessionErrorCode } from '../core/errors.js';

/** The state of the latest action that the user has started. */
export type ActionState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'pending'; readonly name: string }
  | { readonly kind: 'failed'; readonly name: string; readonly code: SessionErrorCode | 'other' };

const idle: ActionState = { kind: 'idle' };

/**
 * Runs the user's actions, ignoring one that is already running, and returns the state of the
 * latest. An action starts synchronously within the click: browsers block a pop-up that opens later.
 */
export function useAction(): [
  state: ActionState,
  run: (name: string, action: () => Promise<void>) => void,
] {
  const [state, setState] = useState(idle);
  const latest = useRef<string | null>(null);
  const run = useCallback((name: string, action: () => Promise<void>) => {
    if (latest.current === name) return;
    const settle = (next: ActionState): void => {
      if (latest.current !== name) return;
      latest.current = null;
      setState(next);
    };
    latest.current = name;
    setState({ kind: 'pending', name });
    action().then(
      () => settle(idle),
      (error: unknown) => settle({ kind: 'failed', name, code: codeOf(error) }),
    );
  }, []);
  return [state, run];
}

function codeOf(error: unknown): SessionErrorCode | 'other' {
  return error instanceof SessionError ? error.code : 'other';
}
