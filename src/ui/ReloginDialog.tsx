'use client';
import { type ReactNode, useEffect, useState } from 'react';
import type { LoginRequest } from '../core/types.js';
import { useSessionClient } from '../react/context.js';
import { useSession } from '../react/useSession.js';
import { Mark } from './Mark.js';
import type { Messages } from './messages.js';
import { useMessages } from './SessionMessages.js';
import { SignInQuestion } from './SignInQuestion.js';

export interface ReloginDialogProps {
  /** How the person is asked to sign in, say `{ display: 'redirect' }`. Default: as the source does it. */
  login?: LoginRequest;
  /** Added to the dialog's own class, `sc-dialog`. */
  className?: string;
  /** Default: those of the nearest `SessionMessages`, else English. */
  messages?: Messages;
}

/**
 * Asks for a new sign-in when the session has ended or a call waits for one; the page behind it
 * stays as it is. Put off, it leaves a button that brings it back. One for the whole page is enough.
 */
export function ReloginDialog({ login, className, messages }: ReloginDialogProps): ReactNode {
  const { addLoginPrompt, cancelLogin } = useSessionClient('<ReloginDialog>');
  useEffect(() => addLoginPrompt(), [addLoginPrompt]);
  const texts = useMessages(messages);
  const isExpired = useSession(({ status }) => status === 'expired');
  const isAwaited = useSession(({ loginRequired }) => loginRequired !== null);
  const [isPutOff, setPutOff] = useState(false);
  if (isPutOff && (isAwaited || !isExpired)) setPutOff(false);
  const putOff = (): void => {
    cancelLogin();
    setPutOff(isExpired);
  };
  return (
    <>
      {isExpired && <Reminder text={texts.relogin.reminder} onPress={() => setPutOff(false)} />}
      {(isAwaited || (isExpired && !isPutOff)) && (
        <SignInQuestion request={login} onNotNow={putOff} className={className} messages={texts} />
      )}
    </>
  );
}

/** It is there under the dialog too, so that the focus can come back to it. */
function Reminder({ text, onPress }: { text: string; onPress: () => void }): ReactNode {
  return (
    <button type="button" className="sc-button sc-reminder" onClick={onPress}>
      <Mark shape="expired" />
      {text}
    </button>
  );
}
