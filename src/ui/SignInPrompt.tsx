'use client';
import type { ForwardedRef, ReactNode } from 'react';
import type { DialogProps } from './dialogProps.js';
import type { LoginQuestion } from './loginPrompt.js';
import type { Messages } from './messages.js';
import { PromptDialog } from './PromptDialog.js';
import { StatusIcon } from './StatusIcon.js';
import { UserSummary } from './UserSummary.js';

interface SignInPromptProps extends Omit<DialogProps<LoginQuestion>, 'login' | 'messages'> {
  dialogRef: ForwardedRef<HTMLDialogElement>;
  question: LoginQuestion;
  texts: Messages;
}

/** The content of `ReloginDialog`: why a sign-in is required, and for which user. */
export function SignInPrompt({ question, texts, ...dialog }: SignInPromptProps): ReactNode {
  const { session, announcement, actions, escape } = question;
  const { relogin } = texts;
  return (
    <PromptDialog
      {...dialog}
      prompt={question}
      standardIcon={<StatusIcon shape="expired" />}
      description={
        <>
          <p>{question.description}</p>
          <p>{relogin.nothingLost}</p>
          {session && <UserSummary user={session.user} label={relogin.signedInAs} />}
        </>
      }
      standardActions={actions}
      onEscape={escape}
    >
      <p role="status" className="sc-note">
        {announcement.polite}
      </p>
    </PromptDialog>
  );
}
