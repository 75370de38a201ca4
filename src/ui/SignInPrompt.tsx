'use client';
import type { ReactNode } from 'react';
import { ActionButton } from './ActionButton.js';
import { Failure } from './Failure.js';
import { ModalDialog } from './ModalDialog.js';
import type { Messages } from './messages.js';
import { StatusIcon } from './StatusIcon.js';
import { UserSummary } from './UserSummary.js';
import type { LoginQuestion } from './useLoginPrompt.js';

interface SignInPromptProps {
  question: LoginQuestion;
  className: string | undefined;
  texts: Messages;
}

/** The content of `ReloginDialog`: why a sign-in is required, and for which user. */
export function SignInPrompt({ question, className, texts }: SignInPromptProps): ReactNode {
  const { title, description, session, isPending, failure, announcement } = question;
  const { relogin } = texts;
  return (
    <ModalDialog
      sign={<StatusIcon shape="expired" />}
      title={title}
      description={
        <>
          <p>{description}</p>
          <p>{relogin.nothingLost}</p>
          {session && <UserSummary user={session.user} label={relogin.signedInAs} />}
        </>
      }
      onEscape={question.notNow}
      className={className}
    >
      <p role="status" className="sc-note">
        {announcement.polite}
      </p>
      <Failure text={failure} />
      <div className="sc-actions">
        <ActionButton isPrimary isPending={isPending} onPress={question.signIn}>
          {isPending ? relogin.signingIn : relogin.signIn}
        </ActionButton>
        <ActionButton onPress={question.notNow}>{relogin.notNow}</ActionButton>
      </div>
    </ModalDialog>
  );
}
