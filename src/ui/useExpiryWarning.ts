'use client';
import type { SessionClient } from '../core/shell/sessionClient.js';
import type { Deadline } from '../core/snapshot.js';
import type { LoginRequest } from '../core/types.js';
import { useSession } from '../react/useSession.js';
import { type Announcement, politely } from './announcement.js';
import type { ExtendableWarning, FixedWarning } from './expiryPrompt.js';
import type { Messages } from './messages.js';
import { timeText } from './promptTexts.js';
import { useIsTooLate } from './useIsTooLate.js';
import { usePromptAction } from './usePromptAction.js';

/** What the warning is about, and what its buttons do. */
export interface WarningParts {
  client: SessionClient;
  texts: Messages;
  /** `null`: no warning is shown. */
  deadline: Deadline | null;
  login: LoginRequest | undefined;
  announcement: Announcement;
  onExtended: () => void;
  onNotNow: () => void;
}

/** The open warning, with its actions. */
export function useExpiryWarning(parts: WarningParts): ExtendableWarning | FixedWarning | null {
  const { client, texts, deadline, login, onExtended, onNotNow } = parts;
  const canExtend = useSession((snapshot) => snapshot.canExtend);
  const isTooLate = useIsTooLate(client, deadline);
  const { pending, failure, run } = usePromptAction<'stay' | 'sign-out' | 'sign-in'>(
    deadline !== null,
    texts,
  );
  if (!deadline) return null;
  const { expiry, relogin } = texts;
  const time = timeText(client, deadline.at, texts);
  const common = { kind: 'warning', endsAt: deadline.at, title: expiry.title, failure } as const;
  const announce = (pendingText: string): Announcement =>
    pending ? politely(pendingText) : parts.announcement;
  if (canExtend && !isTooLate) {
    const stay = (): void => {
      if (pending !== 'sign-out') run('stay', () => client.extend().then(onExtended));
    };
    return {
      ...common,
      canExtend: true,
      description: expiry.description(time),
      pending: pending === 'sign-in' ? null : pending,
      announcement: announce(pending === 'stay' ? expiry.staying : expiry.signingOut),
      stay,
      signOut: () => run('sign-out', () => client.logout()),
      escape: stay,
    };
  }
  return {
    ...common,
    canExtend: false,
    isTooLate: canExtend,
    description: (canExtend ? expiry.lateDescription : expiry.fixedDescription)(time),
    pending: pending === 'sign-in' ? pending : null,
    announcement: announce(relogin.finish),
    signIn: () => run('sign-in', () => client.login(login)),
    notNow: onNotNow,
    escape: () => {
      if (pending !== 'sign-out') onNotNow();
    },
  };
}
