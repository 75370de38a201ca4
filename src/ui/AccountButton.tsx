'use client';
import { type ComponentPropsWithoutRef, type ForwardedRef, type ReactNode } from 'react';
import { ActionButton } from './ActionButton.js';
import { classNames } from './classNames.js';
import { Failure } from './Failure.js';
import type { Messages } from './messages.js';
import type { PartClassNames } from './parts.js';
import { useAction } from './useAction.js';
import { failureText } from './usePromptAction.js';

/** The props that `SignInButton` and `SignOutButton` share. */
export interface AccountButtonProps extends ComponentPropsWithoutRef<'button'> {
  /** Default: those of the nearest `SessionMessages`, else English. */
  messages?: Messages;
  /** Classes to add to the parts; `root` is around the button and its `failure`. */
  classNames?: PartClassNames<'root' | 'failure'>;
}

interface Props extends Omit<AccountButtonProps, 'messages'> {
  isPrimary?: boolean;
  texts: Messages;
  text: string;
  pendingText: string;
  action: () => Promise<void>;
  buttonRef: ForwardedRef<HTMLButtonElement>;
}

/** A button that runs its action, and shows and announces why the action failed. */
export function AccountButton(props: Props): ReactNode {
  const { texts, pendingText, action, buttonRef, classNames: classes = {}, ...native } = props;
  const [state, run] = useAction();
  const isPending = state.kind === 'pending';
  return (
    <div className={classNames('sc-account', classes.root)}>
      <ActionButton
        {...native}
        ref={buttonRef}
        pendingText={isPending ? pendingText : null}
        press={() => run('action', action)}
      />
      <Failure text={failureText(state, texts)} className={classes.failure} />
    </div>
  );
}
