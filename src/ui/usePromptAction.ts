'use client';
import { useEffect } from 'react';
import type { Messages } from './messages.js';
import { type ActionState, type FailureCode, type RunAction, useAction } from './useAction.js';

/** The action of an open prompt. */
export interface PromptAction<Name extends string> {
  /** The action that is in progress. */
  readonly pending: Name | null;
  /** Why the latest action failed. */
  readonly failureCode: FailureCode | null;
  readonly run: RunAction<Name>;
}

/** Runs the actions of a prompt. When the prompt closes, its action and its failure are forgotten. */
export function usePromptAction<Name extends string>(isOpen: boolean): PromptAction<Name> {
  const [state, run, reset] = useAction<Name>();
  useEffect(() => (isOpen ? reset : undefined), [isOpen, reset]);
  return {
    pending: state.kind === 'pending' ? state.name : null,
    failureCode: state.kind === 'failed' ? state.code : null,
    run,
  };
}

/** Why an action failed, and what the user can do; `null`: it did not fail. */
export function failureText(state: ActionState, messages: Messages): string | null {
  return state.kind === 'failed' ? textOfFailure(state.code, messages) : null;
}

export function textOfFailure(code: FailureCode, { failure }: Messages): string {
  return (code !== 'other' && failure[code]) || failure.other;
}
