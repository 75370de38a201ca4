'use client';
import { type ReactNode, useEffect, useState } from 'react';
import type { LoginRequest } from '../core/types.js';
import { useSessionClient } from '../react/context.js';
import { useSession } from '../react/useSession.js';
import type { Messages } from './messages.js';
import { useMessages } from './SessionMessages.js';
import { SignInPrompt } from './SignInPrompt.js';
import { StatusIcon } from './StatusIcon.js';
import { useIsFirstDialog } from './useIsFirstDialog.js';

export interface ReloginDialogProps {
  /** How the user signs in, for example `{ display: 'redirect' }`. Default: the source decides. */
  login?: LoginRequest;
  /** Added to the dialog's own class, `sc-dialog`. */
  className?: string;
  /** Default: those of the nearest `SessionMessages`, else English. */
  messages?: Messages;
}

/**
 * Asks for a new sign-in when the session has ended or a call waits for one; the page behind it
 * stays mounted. After "Not now" a button remains that opens it again. One per page is enough; of several,
 * the first one is shown.
 */
export function ReloginDialog({ login, className, messages }: ReloginDialogProps): ReactNode {
  const client = useSessionClient('<ReloginDialog>');
  const { addLoginPrompt, cancelLogin } = client;
  const isFirst = useIsFirstDialog(client, 'relogin');
  useEffect(() => addLoginPrompt(), [addLoginPrompt]);
  const texts = useMessages(messages);
  const isExpired = useSession(({ status }) => status === 'expired');
  const isLoginRequired = useSession(({ loginRequired }) => loginRequired !== null);
  const [isPostponed, setPostponed] = useState(false);
  if (isPostponed && (isLoginRequired || !isExpired)) setPostponed(false);
  if (!isFirst) return null;
  const postpone = (): void => {
    cancelLogin();
    setPostponed(isExpired);
  };
  return (
    <>
      {isExpired && <Reminder text={texts.relogin.reminder} onPress={() => setPostponed(false)} />}
      {(isLoginRequired || (isExpired && !isPostponed)) && (
        <SignInPrompt request={login} onNotNow={postpone} className={className} messages={texts} />
      )}
    </>
  );
}

/** Mounted behind the dialog too, so that the focus can return to it. */
function Reminder({ text, onPress }: { text: string; onPress: () => void }): ReactNode {
  return (
    <button type="button" className="sc-button sc-reminder" onClick={onPress}>
      <StatusIcon shape="expired" />
      {text}
    </button>
  );
}
