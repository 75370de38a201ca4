'use client';
import type { ReactNode } from 'react';
import type { LoginRequest, Session } from '../core/types.js';
import { useSessionClient } from '../react/context.js';
import { useSession } from '../react/useSession.js';
import { ActionButton } from './ActionButton.js';
import { Failure } from './Failure.js';
import { ModalDialog } from './ModalDialog.js';
import type { Messages } from './messages.js';
import { UserSummary } from './UserSummary.js';
import { useAction } from './useAction.js';

interface SignInPromptProps {
  request: LoginRequest | undefined;
  onNotNow: () => void;
  className: string | undefined;
  messages: Messages;
}

/** The content of `ReloginDialog`: why a sign-in is required, and for which user. */
export function SignInPrompt(props: SignInPromptProps): ReactNode {
  const { request, onNotNow, className, messages } = props;
  const { login } = useSessionClient('<ReloginDialog>');
  const { session, reason } = useSession(({ session, reason }) => ({ session, reason }));
  const [state, run] = useAction();
  const { relogin } = messages;
  const isPending = state.kind === 'pending';
  return (
    <ModalDialog
      shape="expired"
      title={reason ? relogin.title : relogin.tokenTitle}
      description={
        <>
          <p>{reason ? relogin.reason[reason] : relogin.tokenReason}</p>
          <p>{relogin.nothingLost}</p>
          {session && <UserSummary user={session.user} label={relogin.signedInAs} />}
        </>
      }
      onEscape={onNotNow}
      className={className}
    >
      <p role="status" className="sc-note">
        {isPending && relogin.finish}
      </p>
      <Failure of={state} messages={messages} />
      <div className="sc-actions">
        <ActionButton
          isPrimary
          isPending={isPending}
          onPress={() => run('sign-in', () => login({ ...hintFor(session), ...request }))}
        >
          {isPending ? relogin.signingIn : relogin.signIn}
        </ActionButton>
        <ActionButton onPress={onNotNow}>{relogin.notNow}</ActionButton>
      </div>
    </ModalDialog>
  );
}

function hintFor(session: Session | null): { loginHint?: string } {
  const email = session?.user['email'];
  return typeof email === 'string' && email !== '' ? { loginHint: email } : {};
}
