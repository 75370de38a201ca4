'use client';
import { type ForwardRefExoticComponent, forwardRef, type RefAttributes } from 'react';
import type { DialogProps } from './dialogProps.js';
import type { ExtendableWarning, FixedWarning } from './expiryPrompt.js';
import { PromptParts } from './PromptParts.js';
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
    return <PromptParts {...dialog} dialogRef={ref} prompt={prompt} texts={texts} />;
  },
);
