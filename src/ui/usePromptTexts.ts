'use client';
import { useState } from 'react';
import type { SessionClient } from '../core/shell/sessionClient.js';
import { useSessionClient } from '../react/context.js';
import { politely } from './announcement.js';
import type { ExpiryPrompt, ExpiryState } from './expiryPrompt.js';
import type { LoginPrompt, LoginState } from './loginPrompt.js';
import type { Messages } from './messages.js';
import { announceRemaining, type QuestionTexts, timeText } from './promptTexts.js';
import {
  buttonsOf,
  headingTexts,
  isQuestion,
  progressText,
  type Question,
} from './questionTexts.js';
import { useMessages } from './SessionMessages.js';
import { textOfFailure } from './usePromptAction.js';
import type { SignedInResult } from './useSignedInNotice.js';
import { useSpokenTime } from './useSpokenTime.js';
import { useTitlePrefix } from './useTitlePrefix.js';

type State = ExpiryState | LoginState;
/** What both dialogs show: a union on `kind`. Only an open one has `actions`. */
export type SessionPrompt = ExpiryPrompt | LoginPrompt;

/**
 * Adds the texts to what `useExpiryPrompt()` or `useLoginPrompt()` returns: title, description, buttons, failures
 * and what a screen reader is to announce. It also prefixes the title of a hidden tab. `messages` default to those
 * of the nearest `SessionMessages`, else English. Throws a `TypeError` without a `SessionProvider`.
 * @example const prompt = usePromptTexts(useExpiryPrompt());
 */
export function usePromptTexts(state: ExpiryState, messages?: Messages): ExpiryPrompt;
export function usePromptTexts(state: LoginState, messages?: Messages): LoginPrompt;
export function usePromptTexts(state: State, messages?: Messages): SessionPrompt;
export function usePromptTexts(state: State, messages?: Messages): SessionPrompt {
  const client = useSessionClient('usePromptTexts()');
  const texts = useMessages(messages);
  const { expiry, relogin } = texts;
  const isOpen = isQuestion(state) || state.kind === 'reminder';
  // When the session of an open warning or its reminder ends.
  const end = isOpen && 'endsAt' in state ? state.endsAt : null;
  const { titlePrefix } = end === null ? relogin : expiry;
  useTitlePrefix(isOpen ? titlePrefix : '');
  const spokenTime = useSpokenTime(client, end);
  const news = isQuestion(state) ? newsOf(client, state, texts) : null;
  // The time that had been announced when the user answered is not announced again: less is left.
  const phase = `${state.kind} ${news === null}`;
  const [last, setLast] = useState({ phase, spokenTime });
  if (last.phase !== phase) setLast({ phase, spokenTime });
  const isOld = spokenTime === last.spokenTime;
  const remaining = announceRemaining(texts, isOld ? null : spokenTime);
  if (state.kind === 'hidden') return { ...state, announcement: politely('') };
  if (state.kind === 'reminder') {
    const text = end === null ? relogin.reminder : expiry.reminder(timeText(client, end, texts));
    return { ...state, text, announcement: isOld ? politely(text) : remaining };
  }
  if (!isQuestion(state)) {
    const text = resultText(client, state, texts);
    return { ...state, text, announcement: politely(text) };
  }
  const added: QuestionTexts = {
    ...headingTexts(state, end === null ? '' : timeText(client, end, texts), texts),
    failure: state.failureCode && textOfFailure(state.failureCode, texts),
    announcement: news === null ? remaining : politely(news),
    actions: buttonsOf(state, texts),
  };
  return { ...state, ...added } as SessionPrompt;
}

/** The progress of an answer, or its result while the session is about to end all the same. */
function newsOf(client: SessionClient, state: Question, texts: Messages): string | null {
  const result = state.kind === 'warning' ? state.result : null;
  return progressText(state, texts) ?? (result && resultText(client, result, texts));
}

function resultText(client: SessionClient, { endsAt }: SignedInResult, texts: Messages): string {
  const { signedIn, signedInUntil } = texts.result;
  return endsAt === null ? signedIn : signedInUntil(timeText(client, endsAt, texts));
}
