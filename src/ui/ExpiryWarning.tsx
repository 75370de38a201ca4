'use client';
import { type ForwardedRef, type ReactNode, useState } from 'react';
import { useSessionClient } from '../react/context.js';
import { Announcer } from './Announcer.js';
import type { DialogProps } from './dialogProps.js';
import type { ExtendableWarning, FixedWarning } from './expiryPrompt.js';
import type { Messages } from './messages.js';
import { PromptDialog } from './PromptDialog.js';
import { SessionCountdown } from './SessionCountdown.js';

type Warning = ExtendableWarning | FixedWarning;

interface ExpiryWarningProps extends Omit<DialogProps<Warning>, 'login' | 'messages'> {
  dialogRef: ForwardedRef<HTMLDialogElement>;
  warning: Warning;
  texts: Messages;
}

/** The content of `SessionExpiryDialog`: the remaining time and the possible actions. */
export function ExpiryWarning({ warning, texts, ...dialog }: ExpiryWarningProps): ReactNode {
  const { now } = useSessionClient('<SessionExpiryDialog>');
  const [total] = useState(() => Math.max(warning.endsAt - now(), 0));
  return (
    <PromptDialog
      {...dialog}
      prompt={warning}
      standardIcon={<SessionCountdown shape="ring" total={total} messages={texts} />}
      description={<p>{warning.description}</p>}
      standardActions={warning.actions}
      onEscape={warning.escape}
    >
      <Announcer announcement={warning.announcement} />
    </PromptDialog>
  );
}
