'use client';
import { useCallback, useRef, useState } from 'react';
import { SessionError, type SessionErrorCode } from '../core/errors.js';

/** Why an action failed; `other`: the error is no `SessionError`. */
export type FailureCode = SessionErrorCode | 'other';

interface Pending<Name extends string> {
  readonly kind: 'pending';
  readonly name: Name;
}

/** The state of the latest action that the user has started. */
export type ActionState<Name extends string = string> =
  | { readonly kind: 'idle' }
  | Pending<Name>
  | { readonly kind: 'failed'; readonly name: Name; readonly code: FailureCode };

const idle: ActionState<never> = { kind: 'idle' };

export type RunAction<Name extends string> = (name: Name, action: () => Promise<void>) => void;

/**
 * Runs the user's actions, ignoring one that is already running, and returns the state of the
 * latest, and a function that ignores what it still does. An action starts synchronously within the click: browsers
 * block a pop-up that opens later.
 */
export function useAction<Name extends string>(): [
  state: ActionState<Name>,
  run: RunAction<Name>,
  reset: () => void,
] {
  const [state, setState] = useState<ActionState<Name>>(idle);
  const latest = useRef<Pending<Name> | null>(null);
  const run = useCallback<RunAction<Name>>((name, action) => {
    if (latest.current?.name === name) return;
    const pending: Pending<Name> = { kind: 'pending', name };
    const settle = (next: ActionState<Name>): void => {
      if (latest.current !== pending) return;
      latest.current = null;
      setState(next);
    };
    latest.current = pending;
    setState(pending);
    action().then(
      () => settle(idle),
      (error: unknown) => settle({ kind: 'failed', name, code: codeOf(error) }),
    );
  }, []);
  const reset = useCallback(() => {
    latest.current = null;
    setState(idle);
  }, []);
  return [state, run, reset];
}

function codeOf(error: unknown): FailureCode {
  return error instanceof SessionError ? error.code : 'other';
}
