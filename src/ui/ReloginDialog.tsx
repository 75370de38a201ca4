'use client';
import type { ReactNode } from 'react';
import type { LoginRequest } from '../core/types.js';
import { Announcer } from './Announcer.js';
import type { Messages } from './messages.js';
import { Notice } from './Notice.js';
import { Reminder } from './Reminder.js';
import { useMessages } from './SessionMessages.js';
import { SignInPrompt } from './SignInPrompt.js';
import { useLoginPrompt } from './useLoginPrompt.js';

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
  const texts = useMessages(messages);
  const prompt = useLoginPrompt({ login, messages: texts });
  if (prompt.kind === 'hidden') return null;
  const { kind } = prompt;
  // Behind the dialog too, so that the focus can return to it.
  const hasReminder = kind === 'reminder' || (kind === 'question' && prompt.reason !== null);
  return (
    <>
      {hasReminder && (
        <Reminder
          shape="expired"
          text={texts.relogin.reminder}
          onPress={kind === 'reminder' ? prompt.open : undefined}
        />
      )}
      {kind === 'question' && (
        <SignInPrompt question={prompt} className={className} texts={texts} />
      )}
      {kind !== 'signed-in' && (
        <Announcer announcement={kind === 'reminder' ? prompt.announcement : null} />
      )}
      <Notice text={kind === 'signed-in' ? prompt.text : null} />
    </>
  );
}
