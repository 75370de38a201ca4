'use client';
import { useState } from 'react';
import type { Snapshot } from '../core/snapshot.js';
import type { EndReason, Session } from '../core/types.js';
import { useSessionClient } from '../react/context.js';
import { useSession } from '../react/useSession.js';
import type { LoginState } from './loginPrompt.js';
import type { PromptOptions } from './useExpiryPrompt.js';
import { useIsFirstDialog } from './useIsFirstDialog.js';
import { useKeyGuard } from './useKeyGuard.js';
import { usePromptAction } from './usePromptAction.js';
import { usePromptRegistration } from './usePromptRegistration.js';
import { useSignedInNotice } from './useSignedInNotice.js';

/**
 * The behaviour of `ReloginDialog`, for a dialog of your own; `usePromptTexts()` adds the texts. While it is mounted,
 * calls wait for the sign-in; unmounting or hiding the tree is no answer. It ignores keys that the user was typing
 * when the question opened. Of several on a page, the first one is shown. Throws a `TypeError` without a
 * `SessionProvider`.
 */
export function useLoginPrompt({ login }: PromptOptions = {}): LoginState {
  const client = useSessionClient('useLoginPrompt()');
  const isFirst = useIsFirstDialog(client, 'relogin');
  usePromptRegistration(client, client.addLoginPrompt, isLoginRequired);
  const { isRequired, session, reason } = useSession(selectEnd);
  const isExpired = reason !== null;
  const [isPostponed, setPostponed] = useState(false);
  if (isPostponed && (isRequired || !isExpired)) setPostponed(false);
  const isShown = isFirst && (isRequired || isExpired);
  const isAsking = isShown && !isPostponed;
  const { pending, failureCode, run } = usePromptAction<'sign-in'>(isAsking);
  const [result] = useSignedInNotice(client, isShown);
  useKeyGuard(client, isAsking);
  if (!isShown) return isFirst && result ? { kind: 'signed-in', ...result } : { kind: 'hidden' };
  if (!isAsking) return { kind: 'reminder', open: () => setPostponed(false) };
  const notNow = (): void => {
    client.cancelLogin();
    setPostponed(isExpired);
  };
  return {
    kind: 'question',
    reason,
    session,
    isPending: pending !== null,
    failureCode,
    signIn: () => run('sign-in', () => client.login({ ...hintFor(session), ...login })),
    notNow,
    escape: notNow,
  };
}

function isLoginRequired({ loginRequired }: Snapshot): boolean {
  return loginRequired !== null;
}

function selectEnd(snapshot: Snapshot): {
  isRequired: boolean;
  session: Session | null;
  reason: EndReason | null;
} {
  const { status, session, reason } = snapshot;
  return {
    isRequired: isLoginRequired(snapshot),
    session,
    reason: status === 'expired' ? reason : null,
  };
}

function hintFor(session: Session | null): { loginHint?: string } {
  const email = session?.user['email'];
  return typeof email === 'string' && email !== '' ? { loginHint: email } : {};
}
