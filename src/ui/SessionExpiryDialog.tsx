'use client';
import { type ReactNode, useEffect, useState } from 'react';
import type { LoginRequest } from '../core/types.js';
import { useSessionClient } from '../react/context.js';
import { useSession } from '../react/useSession.js';
import { ExpiryWarning } from './ExpiryWarning.js';
import type { Messages } from './messages.js';
import { useMessages } from './SessionMessages.js';
import { useIsFirstDialog } from './useIsFirstDialog.js';

export interface SessionExpiryDialogProps {
  /** How the user signs in, for example `{ display: 'redirect' }`. Default: the source decides. */
  login?: LoginRequest;
  /** Added to the dialog's own class, `sc-dialog`. */
  className?: string;
  /** Default: those of the nearest `SessionMessages`, else English. */
  messages?: Messages;
}

/**
 * Warns before the session ends and offers to extend it, or to sign in again if it cannot be
 * extended any more. One per page is enough; of several, the first one is shown.
 */
export function SessionExpiryDialog(props: SessionExpiryDialogProps): ReactNode {
  const { login, className, messages } = props;
  const client = useSessionClient('<SessionExpiryDialog>');
  const { addExpiryPrompt } = client;
  const isFirst = useIsFirstDialog(client, 'expiry');
  useEffect(() => addExpiryPrompt(), [addExpiryPrompt]);
  const texts = useMessages(messages);
  const { endsAt, isLoginRequired } = useSession(({ status, deadline, loginRequired }) => ({
    endsAt: status === 'expiring' ? deadline.at : null,
    isLoginRequired: loginRequired !== null,
  }));
  const [isDismissed, setDismissed] = useState(false);
  if (isDismissed && endsAt === null) setDismissed(false);
  if (!isFirst || endsAt === null || isLoginRequired || isDismissed) return null;
  return (
    <ExpiryWarning
      endsAt={endsAt}
      request={login}
      onDismiss={() => setDismissed(true)}
      className={className}
      messages={texts}
    />
  );
}
