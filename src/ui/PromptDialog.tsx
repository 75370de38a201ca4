'use client';
import type { ForwardedRef, ReactNode } from 'react';
import { type ActionPair, Actions } from './Actions.js';
import { classNames } from './classNames.js';
import type { DialogProps } from './dialogProps.js';
import { Failure } from './Failure.js';
import { ModalDialog } from './ModalDialog.js';
import { renderSlot } from './parts.js';

interface PromptDialogProps<Prompt> extends Omit<DialogProps<Prompt>, 'login' | 'messages'> {
  dialogRef: ForwardedRef<HTMLDialogElement>;
  prompt: Prompt;
  standardIcon: ReactNode;
  description: ReactNode;
  standardActions: ActionPair;
  onEscape: () => void;
  /** What is announced. */
  children: ReactNode;
}

/** A prompt in a modal dialog, with the content that the app has replaced. */
export function PromptDialog<Prompt extends { title: string; failure: string | null }>(
  props: PromptDialogProps<Prompt>,
): ReactNode {
  const { prompt, standardIcon, standardActions, icon, actions, footer, ...others } = props;
  const { classNames: classes = {}, children, ...dialog } = others;
  const footerContent = renderSlot(footer, prompt);
  return (
    <ModalDialog
      {...dialog}
      sign={renderSlot(icon, prompt, standardIcon)}
      heading={prompt.title}
      classes={classes}
    >
      {children}
      <Failure text={prompt.failure} className={classes.failure} />
      <div className={classNames('sc-actions', classes.actions)}>
        {renderSlot(actions, prompt, <Actions actions={standardActions} classes={classes} />)}
      </div>
      {footerContent != null && (
        <div className={classNames('sc-footer', classes.footer)}>{footerContent}</div>
      )}
    </ModalDialog>
  );
}
