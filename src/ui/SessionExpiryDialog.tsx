'use client';
import type { ReactNode } from 'react';
import type { LoginRequest } from '../core/types.js';
import { Announcer } from './Announcer.js';
import { ExpiryWarning } from './ExpiryWarning.js';
import type { Messages } from './messages.js';
import { Notice } from './Notice.js';
import { Reminder } from './Reminder.js';
import { useMessages } from './SessionMessages.js';
import { useExpiryPrompt } from './useExpiryPrompt.js';

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
  const texts = useMessages(props.messages);
  const prompt = useExpiryPrompt({ login: props.login, messages: texts });
  if (prompt.kind === 'hidden') return null;
  const { kind } = prompt;
  return (
    <>
      {kind === 'reminder' && (
        <Reminder shape="expiring" text={prompt.text} onPress={prompt.open} />
      )}
      {kind === 'warning' && (
        <ExpiryWarning warning={prompt} className={props.className} texts={texts} />
      )}
      {kind !== 'extended' && (
        <Announcer announcement={kind === 'reminder' ? prompt.announcement : null} />
      )}
      <Notice text={kind === 'extended' ? prompt.text : null} />
    </>
  );
}
