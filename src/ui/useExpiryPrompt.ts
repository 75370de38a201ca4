'use client';
import { useState } from 'react';
import type { Deadline, Snapshot } from '../core/snapshot.js';
import { useSessionClient } from '../react/context.js';
import { useSession } from '../react/useSession.js';
import { useSessionEvent } from '../react/useSessionEvent.js';
import { politely } from './announcement.js';
import type { ExpiryPrompt, PromptOptions } from './expiryPrompt.js';
import { announceRemaining, timeText } from './promptTexts.js';
import { useMessages } from './SessionMessages.js';
import { useExpiryWarning } from './useExpiryWarning.js';
import { useIsFirstDialog } from './useIsFirstDialog.js';
import { useKeyGuard } from './useKeyGuard.js';
import { usePromptRegistration } from './usePromptRegistration.js';
import { useSignedInNotice } from './useSignedInNotice.js';
import { useSpokenTime } from './useSpokenTime.js';
import { useTitlePrefix } from './useTitlePrefix.js';

/**
 * The behaviour of `SessionExpiryDialog`, for a dialog of your own. While it is mounted, only the user's
 * answer extends the session during a warning; unmounting or hiding the tree is no answer. It prefixes the
 * title of a hidden tab, and ignores keys that the user was typing when the warning opened. Of several on a
 * page, the first one is shown. Throws a `TypeError` without a `SessionProvider`.
 * @example
 * const prompt = useExpiryPrompt();
 * if (prompt.kind === 'warning' && prompt.canExtend) return <button onClick={prompt.stay}>Stay</button>;
 */
export function useExpiryPrompt({ login, messages }: PromptOptions = {}): ExpiryPrompt {
  const client = useSessionClient('useExpiryPrompt()');
  const isFirst = useIsFirstDialog(client, 'expiry');
  usePromptRegistration(client, client.addExpiryPrompt, isExpiring);
  const texts = useMessages(messages);
  const askedDeadline = useSession(selectAskedDeadline);
  const deadline = isFirst ? askedDeadline : null;
  const spokenTime = useSpokenTime(client, deadline?.at ?? null);
  // "Not now", with what had been announced until then.
  const [dismissed, setDismissed] = useState<{ spokenTime: number | null } | null>(null);
  if (dismissed && !deadline) setDismissed(null);
  const [notice, showNotice] = useSignedInNotice(client, texts);
  const showIfAsked = (): void => {
    if (deadline) showNotice();
  };
  useSessionEvent('session-extended', showIfAsked);
  useSessionEvent('session-started', showIfAsked);
  const time = announceRemaining(texts, spokenTime);
  const warning = useExpiryWarning({
    client,
    texts,
    deadline: dismissed ? null : deadline,
    login,
    announcement: notice ? politely(notice.text) : time,
    onExtended: showNotice,
    onNotNow: () => setDismissed({ spokenTime }),
  });
  useTitlePrefix(deadline ? texts.expiry.titlePrefix : '');
  useKeyGuard(client, warning !== null);
  if (warning) return warning;
  if (!deadline) return notice ? { kind: 'extended', ...notice } : { kind: 'hidden' };
  const text = texts.expiry.reminder(timeText(client, deadline.at, texts));
  const announcement = spokenTime === dismissed?.spokenTime ? politely(text) : time;
  const open = (): void => setDismissed(null);
  return { kind: 'reminder', endsAt: deadline.at, text, announcement, open };
}

function isExpiring({ status }: Snapshot): boolean {
  return status === 'expiring';
}

/** While a call waits for a sign-in, the other dialog asks. */
function selectAskedDeadline({ status, deadline, loginRequired }: Snapshot): Deadline | null {
  return status === 'expiring' && !loginRequired ? deadline : null;
}
