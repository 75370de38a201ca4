'use client';
import { useCallback, useState } from 'react';
import { SessionError, type SessionErrorCode } from '../core/errors.js';

/** How an action that a person has started is getting on. */
export type ActionState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'pending' }
  | { readonly kind: 'failed'; readonly code: SessionErrorCode | 'other' };

const idle: ActionState = { kind: 'idle' };

/** Runs `action` at a person's word, once at a time, and shows how it gets on. */
export function useAction(action: () => Promise<void>): [ActionState, () => void] {
  const [state, setState] = useState(idle);
  const run = useCallback(() => {
    setState((before) => {
      if (before.kind === 'pending') return before;
      return { kind: 'pending' };
    });
    action().then(
      () => setState(idle),
      (error: unknown) => {
        setState({ kind: 'failed', code: error instanceof SessionError ? error.code : 'other' });
      },
    );
  }, [action]);
  return [state, run];
}
