'use client';
import { useEffect } from 'react';
import type { Messages } from './messages.js';
import { type ActionState, type RunAction, useAction } from './useAction.js';

/** The action of an open prompt. */
export interface PromptAction<Name extends string> {
  /** The action that is in progress. */
  readonly pending: Name | null;
  /** Why the latest action failed, and what the user can do. */
  readonly failure: string | null;
  readonly run: RunAction<Name>;
}

/** Runs the actions of a prompt. When the prompt closes, its action and its failure are forgotten. */
export function usePromptAction<Name extends string>(
  isOpen: boolean,
  messages: Messages,
): PromptAction<Name> {
  const [state, run, reset] = useAction<Name>();
  useEffect(() => (isOpen ? reset : undefined), [isOpen, reset]);
  return {
    pending: state.kind === 'pending' ? state.name : null,
    failure: failureText(state, messages),
    run,
  };
}

export function failureText(state: ActionState, { failure }: Messages): string | null {
  if (state.kind !== 'failed') return null;
  return (state.code !== 'other' && failure[state.code]) || failure.other;
}
