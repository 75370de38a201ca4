'use client';
import type { ForwardedRef, ReactNode } from 'react';
import { Actions } from './Actions.js';
import { Announcer } from './Announcer.js';
import { classNames } from './classNames.js';
import type { DialogProps } from './dialogProps.js';
import type { ExtendableWarning, FixedWarning } from './expiryPrompt.js';
import { Failure } from './Failure.js';
import type { LoginQuestion } from './loginPrompt.js';
import { ModalDialog } from './ModalDialog.js';
import type { Messages } from './messages.js';
import { renderSlot, type Slot } from './parts.js';
import { StatusIcon } from './StatusIcon.js';
import { UserSummary } from './UserSummary.js';
import { WarningRing } from './WarningRing.js';

type Question = ExtendableWarning | FixedWarning | LoginQuestion;

/** The slots of a dialog get its own prompt. */
export interface PromptDialogProps extends Omit<DialogProps<never>, 'login' | 'messages'> {
  dialogRef: ForwardedRef<HTMLDialogElement>;
  prompt: Question;
  texts: Messages;
}

/** An open prompt in a modal dialog, with the content that the app has replaced. */
export function PromptDialog(props: PromptDialogProps): ReactNode {
  const { prompt, texts, icon, actions, footer, classNames: classes = {}, ...dialog } = props;
  const slot = (content: Slot<never>, standard?: ReactNode): ReactNode =>
    renderSlot(content as Slot<Question>, prompt, standard);
  const isWarning = prompt.kind === 'warning';
  const below = slot(footer);
  return (
    <ModalDialog
      {...dialog}
      sign={slot(
        icon,
        isWarning ? (
          <WarningRing endsAt={prompt.endsAt} texts={texts} />
        ) : (
          <StatusIcon shape="expired" />
        ),
      )}
      heading={prompt.title}
      description={
        <>
          <p>{prompt.description}</p>
          {!isWarning && <WhatIsKept session={prompt.session} texts={texts} />}
        </>
      }
      onEscape={prompt.escape}
      classes={classes}
    >
      {isWarning ? (
        <Announcer announcement={prompt.announcement} />
      ) : (
        <p role="status" className="sc-note">
          {prompt.announcement.polite}
        </p>
      )}
      <Failure text={prompt.failure} className={classes.failure} />
      <div className={classNames('sc-actions', classes.actions)}>
        {slot(actions, <Actions actions={prompt.actions} classes={classes} />)}
      </div>
      {below && <div className={classNames('sc-footer', classes.footer)}>{below}</div>}
    </ModalDialog>
  );
}

/** After the end: that the page is as it was, and whose it is. */
function WhatIsKept(props: { session: LoginQuestion['session']; texts: Messages }): ReactNode {
  const { nothingLost, signedInAs } = props.texts.relogin;
  return (
    <>
      <p>{nothingLost}</p>
      {props.session && <UserSummary user={props.session.user} label={signedInAs} />}
    </>
  );
}
