'use client';
import { useCallback, useRef, useState } from 'react';
import { SessionError, type SessionErrorCode } from '../core/errors.js';

/** How the latest action that a person has started is getting on. */
export type ActionState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'pending'; readonly name: string }
  | { readonly kind: 'failed'; readonly name: string; readonly code: SessionErrorCode | 'other' };

const idle: ActionState = { kind: 'idle' };

/**
 * Runs a person's actions, each once at a time, and shows how the latest is getting on. It starts
 * at once, within the press: browsers block a pop-up that comes later.
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
