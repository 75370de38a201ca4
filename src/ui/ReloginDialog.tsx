'use client';
import { type ForwardRefExoticComponent, forwardRef, type RefAttributes } from 'react';
import { Announcer } from './Announcer.js';
import type { DialogProps } from './dialogProps.js';
import type { LoginQuestion } from './loginPrompt.js';
import { Notice } from './Notice.js';
import { Reminder } from './Reminder.js';
import { useMessages } from './SessionMessages.js';
import { SignInPrompt } from './SignInPrompt.js';
import { useLoginPrompt } from './useLoginPrompt.js';
import { usePromptTexts } from './usePromptTexts.js';

export type ReloginDialogProps = DialogProps<LoginQuestion>;

/**
 * Asks for a new sign-in when the session has ended or a call waits for one; the page behind it
 * stays mounted. After "Not now" a button remains that opens it again. One per page is enough; of several,
 * the first one is shown. It takes the native props and the `ref` of its `dialog`, which is mounted while the
 * dialog is open.
 */
export const ReloginDialog: ForwardRefExoticComponent<
  ReloginDialogProps & RefAttributes<HTMLDialogElement>
> = forwardRef<HTMLDialogElement, ReloginDialogProps>(function ReloginDialog(props, ref) {
  const { login, messages, ...dialog } = props;
  const texts = useMessages(messages);
  const prompt = usePromptTexts(useLoginPrompt({ login }), texts);
  if (prompt.kind === 'hidden') return null;
  const { kind } = prompt;
  const { reminder, notice } = props.classNames ?? {};
  // Behind the dialog too, so that the focus can return to it.
  const hasReminder = kind === 'reminder' || (kind === 'question' && prompt.reason !== null);
  return (
    <>
      {hasReminder && (
        <Reminder
          shape="expired"
          text={texts.relogin.reminder}
          onPress={kind === 'reminder' ? prompt.open : undefined}
          className={reminder}
        />
      )}
      {kind === 'question' && (
        <SignInPrompt {...dialog} dialogRef={ref} question={prompt} texts={texts} />
      )}
      {kind !== 'signed-in' && (
        <Announcer announcement={kind === 'reminder' ? prompt.announcement : null} />
      )}
      <Notice text={kind === 'signed-in' ? prompt.text : null} className={notice} />
    </>
  );
});
