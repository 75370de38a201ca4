'use client';
import { useState } from 'react';
import type { Snapshot } from '../core/snapshot.js';
import type { EndReason, Session } from '../core/types.js';
import { useSessionClient } from '../react/context.js';
import { useSession } from '../react/useSession.js';
import { useSessionEvent } from '../react/useSessionEvent.js';
import { type Announcement, politely } from './announcement.js';
import type { PromptOptions } from './expiryPrompt.js';
import { useMessages } from './SessionMessages.js';
import { useIsFirstDialog } from './useIsFirstDialog.js';
import { useKeyGuard } from './useKeyGuard.js';
import { usePromptAction } from './usePromptAction.js';
import { usePromptRegistration } from './usePromptRegistration.js';
import { type SignedInNotice, useSignedInNotice } from './useSignedInNotice.js';
import { useTitlePrefix } from './useTitlePrefix.js';

/** The session has ended, or a call waits for a sign-in. */
export interface LoginQuestion {
  kind: 'question';
  title: string;
  /** Why a sign-in is required. */
  description: string;
  /** Why the session ended; `null`: it has not, but a call waits for a sign-in. */
  reason: EndReason | null;
  /** The session that ended, or the current one. */
  session: Session | null;
  isPending: boolean;
  /** Why the sign-in failed and what the user can do, for an element with `role="alert"`; `null`: no failure. */
  failure: string | null;
  announcement: Announcement;
  /** Asks the user to sign in. Call it in the click: browsers block a pop-up that opens later. */
  signIn: () => void;
  /** Closes the question, also for the Escape key; waiting calls are rejected with `ERR_LOGIN_CANCELLED`. */
  notNow: () => void;
}

/** The session has ended, and the user chose "Not now". A button remains that opens the question again. */
export interface LoginReminder {
  kind: 'reminder';
  /** The text of the button. */
  text: string;
  announcement: Announcement;
  open: () => void;
}

/** What to show when a sign-in is required: a union on `kind`. */
export type LoginPrompt =
  | { kind: 'hidden' }
  | LoginQuestion
  | LoginReminder
  | ({ kind: 'signed-in' } & SignedInNotice);

/**
 * The behaviour of `ReloginDialog`, for a dialog of your own. While it is mounted, calls wait for the sign-in;
 * unmounting or hiding the tree is no answer. It prefixes the title of a hidden tab, and ignores keys that the
 * user was typing when the question opened. Of several on a page, the first one is shown. Throws a `TypeError`
 * without a `SessionProvider`.
 */
export function useLoginPrompt({ login, messages }: PromptOptions = {}): LoginPrompt {
  const client = useSessionClient('useLoginPrompt()');
  const isFirst = useIsFirstDialog(client, 'relogin');
  usePromptRegistration(client, client.addLoginPrompt, isLoginRequired);
  const texts = useMessages(messages);
  const isRequired = useSession(isLoginRequired);
  const { session, reason } = useSession(selectEnd);
  const isExpired = reason !== null;
  const [isPostponed, setPostponed] = useState(false);
  if (isPostponed && (isRequired || !isExpired)) setPostponed(false);
  const isShown = isFirst && (isRequired || isExpired);
  const isAsking = isShown && !isPostponed;
  const { pending, failure, run } = usePromptAction<'sign-in'>(isAsking, texts);
  const [notice, showNotice] = useSignedInNotice(client, texts);
  useSessionEvent('session-started', () => {
    if (isShown) showNotice();
  });
  const { relogin } = texts;
  useTitlePrefix(isShown ? relogin.titlePrefix : '');
  useKeyGuard(client, isAsking, true);
  if (!isShown) return isFirst && notice ? { kind: 'signed-in', ...notice } : { kind: 'hidden' };
  if (!isAsking) {
    const open = (): void => setPostponed(false);
    return {
      kind: 'reminder',
      text: relogin.reminder,
      announcement: politely(relogin.reminder),
      open,
    };
  }
  return {
    kind: 'question',
    title: isExpired ? relogin.title : relogin.tokenTitle,
    description: isExpired ? relogin.reason[reason] : relogin.tokenReason,
    reason,
    session,
    isPending: pending !== null,
    failure,
    announcement: politely(pending ? relogin.finish : ''),
    signIn: () => run('sign-in', () => client.login({ ...hintFor(session), ...login })),
    notNow: () => {
      client.cancelLogin();
      setPostponed(isExpired);
    },
  };
}

function isLoginRequired({ loginRequired }: Snapshot): boolean {
  return loginRequired !== null;
}

function selectEnd({ status, session, reason }: Snapshot): {
  session: Session | null;
  reason: EndReason | null;
} {
  return { session, reason: status === 'expired' ? reason : null };
}

function hintFor(session: Session | null): { loginHint?: string } {
  const email = session?.user['email'];
  return typeof email === 'string' && email !== '' ? { loginHint: email } : {};
}
