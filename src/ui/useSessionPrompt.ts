'use client';
import { useSessionClient } from '../react/context.js';
import type { ExpiryState } from './expiryPrompt.js';
import type { LoginState } from './loginPrompt.js';
import type { Messages } from './messages.js';
import { isQuestion } from './questionTexts.js';
import { type PromptOptions, useExpiryPrompt } from './useExpiryPrompt.js';
import { useLoginPrompt } from './useLoginPrompt.js';
import { useLostFocus } from './useLostFocus.js';
import { type SessionPrompt, usePromptTexts } from './usePromptTexts.js';

export interface SessionPromptOptions extends PromptOptions {
  /** Default: those of the nearest `SessionMessages`, else English. */
  messages?: Messages | undefined;
}

/**
 * `useExpiryPrompt()` and `useLoginPrompt()` with their texts, for one dialog of your own that serves as both: they
 * never ask at the same time. Throws a `TypeError` without a `SessionProvider`.
 * @example
 * const prompt = useSessionPrompt();
 * if ('actions' in prompt) return <MyDialog title={prompt.title} onEscape={prompt.escape} />;
 */
export function useSessionPrompt(options: SessionPromptOptions = {}): SessionPrompt {
  const { messages, ...others } = options;
  const client = useSessionClient('useSessionPrompt()');
  const state = shownOf(useExpiryPrompt(others), useLoginPrompt(others));
  useLostFocus(client, isQuestion(state));
  return usePromptTexts(state, messages);
}

/** A result is shown only while nothing else is. */
function shownOf(expiry: ExpiryState, login: LoginState): ExpiryState | LoginState {
  const isWaiting = login.kind === 'question' || login.kind === 'reminder';
  return isWaiting || expiry.kind === 'hidden' ? login : expiry;
}
