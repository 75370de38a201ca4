'use client';
import { type ForwardRefExoticComponent, forwardRef, type RefAttributes } from 'react';
import type { DialogProps } from './dialogProps.js';
import type { LoginQuestion } from './loginPrompt.js';
import { PromptParts } from './PromptParts.js';
import { useMessages } from './SessionMessages.js';
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
  return <PromptParts {...dialog} dialogRef={ref} prompt={prompt} texts={texts} />;
});
