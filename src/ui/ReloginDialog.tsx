'use client';
import { type ReactNode, useCallback, useEffect, useId, useState } from 'react';
import type { EndReason } from '../core/snapshot.js';
import type { Session } from '../core/types.js';
import { useSessionClient } from '../react/context.js';
import { useSession } from '../react/useSession.js';
import { Failure } from './Failure.js';
import { ModalDialog } from './ModalDialog.js';
import { useMessages } from './SessionMessages.js';
import { useAction } from './useAction.js';

/** Asks for a new sign-in when the session has ended or a call waits for one. The page stays as it is. */
export function ReloginDialog(): ReactNode {
  const client = useSessionClient('<ReloginDialog>');
  useEffect(() => client.addLoginPrompt(), [client]);
  const { session, reason, pending } = useSession(({ session, reason, pendingLogin }) => ({
    session,
    reason,
    pending: pendingLogin,
  }));
  // Put off, the question comes back with the next need for an answer.
  const [putOff, setPutOff] = useState<Session | null>(null);
  const isDue = pending !== null || (reason !== null && putOff !== session);
  if (!session || !isDue) return null;
  const onNotNow = (): void => {
    setPutOff(session);
    client.cancelLogin();
  };
  return <SignInQuestion session={session} reason={reason} onNotNow={onNotNow} />;
}

interface SignInQuestionProps {
  session: Session;
  /** `null`: the session goes on, a token cannot be had. */
  reason: EndReason | null;
  onNotNow: () => void;
}

function SignInQuestion({ session, reason, onNotNow }: SignInQuestionProps): ReactNode {
  const { login } = useSessionClient('<ReloginDialog>');
  const ids = { title: useId(), description: useId() };
  const hint = loginHint(session);
  const [signingIn, signIn] = useAction(
    useCallback(() => login(hint === undefined ? {} : { loginHint: hint }), [login, hint]),
  );
  const { relogin } = useMessages();
  return (
    <ModalDialog
      className="sc-dialog"
      role="alertdialog"
      aria-labelledby={ids.title}
      aria-describedby={ids.description}
      onEscape={onNotNow}
    >
      <h2 id={ids.title}>{reason ? relogin.title : relogin.tokenTitle}</h2>
      <div id={ids.description}>
        <p>
          {reason ? relogin.reason[reason] : relogin.tokenReason}{' '}
          {relogin.signedInAs(displayName(session))}
        </p>
        <p>{relogin.nothingLost}</p>
      </div>
      <Failure of={signingIn} />
      <div className="sc-actions">
        <button type="button" className="sc-primary" onClick={signIn}>
          {signingIn.kind === 'pending' ? relogin.signingIn : relogin.signIn}
        </button>
        <button type="button" onClick={onNotNow}>
          {relogin.notNow}
        </button>
      </div>
    </ModalDialog>
  );
}

function displayName({ user }: Session): string {
  const { name, email, sub } = user;
  return [name, email].find((text) => typeof text === 'string' && text !== '')?.toString() ?? sub;
}

function loginHint({ user }: Session): string | undefined {
  return typeof user['email'] === 'string' ? user['email'] : undefined;
}
