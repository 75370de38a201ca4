'use client';
import { type ForwardRefExoticComponent, forwardRef, type RefAttributes } from 'react';
import { Announcer } from './Announcer.js';
import type { DialogProps } from './dialogProps.js';
import { ExpiryWarning } from './ExpiryWarning.js';
import type { ExtendableWarning, FixedWarning } from './expiryPrompt.js';
import { Notice } from './Notice.js';
import { Reminder } from './Reminder.js';
import { useMessages } from './SessionMessages.js';
import { useExpiryPrompt } from './useExpiryPrompt.js';
import { usePromptTexts } from './usePromptTexts.js';

export type SessionExpiryDialogProps = DialogProps<ExtendableWarning | FixedWarning>;

/**
 * Warns before the session ends and offers to extend it, or to sign in again if it cannot be
 * extended any more. One per page is enough; of several, the first one is shown. It takes the native props and the
 * `ref` of its `dialog`, which is mounted while the dialog is open.
 * @example <SessionExpiryDialog footer={<a href="/help">Help</a>} />
 */
export const SessionExpiryDialog: ForwardRefExoticComponent<
  SessionExpiryDialogProps & RefAttributes<HTMLDialogElement>
> = forwardRef<HTMLDialogElement, SessionExpiryDialogProps>(
  function SessionExpiryDialog(props, ref) {
    const { login, messages, ...dialog } = props;
    const texts = useMessages(messages);
    const prompt = usePromptTexts(useExpiryPrompt({ login }), texts);
    if (prompt.kind === 'hidden') return null;
    const { kind } = prompt;
    const { reminder, notice } = props.classNames ?? {};
    return (
      <>
        {kind === 'reminder' && (
          <Reminder
            shape="expiring"
            text={prompt.text}
            onPress={prompt.open}
            className={reminder}
          />
        )}
        {kind === 'warning' && (
          <ExpiryWarning {...dialog} dialogRef={ref} warning={prompt} texts={texts} />
        )}
        {kind !== 'extended' && (
          <Announcer announcement={kind === 'reminder' ? prompt.announcement : null} />
        )}
        <Notice text={kind === 'extended' ? prompt.text : null} className={notice} />
      </>
    );
  },
);
