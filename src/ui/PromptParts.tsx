'use client';
import type { ReactNode } from 'react';
import { Announcer } from './Announcer.js';
import { Notice } from './Notice.js';
import { PromptDialog, type PromptDialogProps } from './PromptDialog.js';
import { Reminder } from './Reminder.js';
import type { SessionPrompt } from './usePromptTexts.js';

interface PromptPartsProps extends Omit<PromptDialogProps, 'prompt'> {
  prompt: SessionPrompt;
}

/** The dialog of a prompt, the reminder that remains after "Not now", and the notice after an answer. */
export function PromptParts({ prompt, ...dialog }: PromptPartsProps): ReactNode {
  if (prompt.kind === 'hidden') return null;
  const { classNames = {}, texts } = dialog;
  const reminder = prompt.kind === 'reminder' ? prompt : null;
  const result = prompt.kind === 'extended' || prompt.kind === 'signed-in' ? prompt.text : null;
  // Behind the dialog too, so that the focus can return to it.
  const isBehind = prompt.kind === 'question' && prompt.reason !== null;
  return (
    <>
      {(reminder || isBehind) && (
        <Reminder
          shape={'endsAt' in prompt ? 'expiring' : 'expired'}
          text={reminder?.text ?? texts.relogin.reminder}
          onPress={reminder?.open}
          className={classNames.reminder}
        />
      )}
      {'actions' in prompt && <PromptDialog {...dialog} prompt={prompt} />}
      {result === null && <Announcer announcement={reminder?.announcement ?? null} />}
      <Notice text={result} className={classNames.notice} />
    </>
  );
}
