'use client';
import { useState } from 'react';
import type { Deadline, Snapshot } from '../core/snapshot.js';
import type { LoginRequest } from '../core/types.js';
import { useSessionClient } from '../react/context.js';
import { useSession } from '../react/useSession.js';
import { useSessionEvent } from '../react/useSessionEvent.js';
import type { ExpiryState } from './expiryPrompt.js';
import { useIsFirstDialog } from './useIsFirstDialog.js';
import { useIsTooLate } from './useIsTooLate.js';
import { useKeyGuard } from './useKeyGuard.js';
import { usePromptAction } from './usePromptAction.js';
import { usePromptRegistration } from './usePromptRegistration.js';
import { useSignedInNotice } from './useSignedInNotice.js';

export interface PromptOptions {
  /** How the user signs in, for example `{ display: 'redirect' }`. Default: the source decides. */
  login?: LoginRequest | undefined;
}

/**
 * The behaviour of `SessionExpiryDialog`, for a dialog of your own; `usePromptTexts()` adds the texts. While it is
 * mounted, only the user's answer extends the session during a warning; unmounting or hiding the tree is no answer.
 * It ignores keys that the user was typing when the warning opened. Of several on a page, the first one is shown.
 * Throws a `TypeError` without a `SessionProvider`.
 * @example
 * const prompt = useExpiryPrompt();
 * if (prompt.kind === 'warning' && prompt.canExtend) return <button onClick={prompt.stay}>Stay</button>;
 */
export function useExpiryPrompt({ login }: PromptOptions = {}): ExpiryState {
  const client = useSessionClient('useExpiryPrompt()');
  const isFirst = useIsFirstDialog(client, 'expiry');
  usePromptRegistration(client, client.addExpiryPrompt, isExpiring);
  const { askedDeadline, canExtend } = useSession(selectEnd);
  const deadline = isFirst ? askedDeadline : null;
  const [isDismissed, setDismissed] = useState(false);
  if (isDismissed && !askedDeadline) setDismissed(false);
  const shown = isDismissed ? null : deadline;
  const [result, showResult] = useSignedInNotice(client, deadline !== null);
  useSessionEvent('session-extended', showResult);
  const isTooLate = useIsTooLate(client, shown);
  const { pending, failureCode, run } = usePromptAction<'stay' | 'sign-out' | 'sign-in'>(!!shown);
  useKeyGuard(client, !!shown);
  if (!deadline) return result ? { kind: 'extended', ...result } : { kind: 'hidden' };
  const endsAt = deadline.at;
  if (!shown) return { kind: 'reminder', endsAt, open: () => setDismissed(false) };
  const unlessSigningOut = (answer: () => void) => (): void => {
    if (pending !== 'sign-out') answer();
  };
  const warning = { kind: 'warning', endsAt, failureCode, result } as const;
  if (canExtend && !isTooLate) {
    const stay = unlessSigningOut(() => run('stay', () => client.extend().then(showResult)));
    return {
      ...warning,
      canExtend: true,
      pending: pending === 'sign-in' ? null : pending,
      stay,
      signOut: () => run('sign-out', () => client.logout()),
      escape: stay,
    };
  }
  const notNow = (): void => setDismissed(true);
  return {
    ...warning,
    canExtend: false,
    isTooLate: canExtend,
    pending: pending === 'sign-in' ? pending : null,
    signIn: () => run('sign-in', () => client.login(login)),
    notNow,
    escape: unlessSigningOut(notNow),
  };
}

function isExpiring({ status }: Snapshot): boolean {
  return status === 'expiring';
}

/** While a call waits for a sign-in, the other dialog asks. */
function selectEnd({ status, deadline, loginRequired, canExtend }: Snapshot): {
  askedDeadline: Deadline | null;
  canExtend: boolean;
} {
  return {
    askedDeadline: status === 'expiring' && !loginRequired ? deadline : null,
    canExtend,
  };
}
