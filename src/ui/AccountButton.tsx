'use client';
import { type ComponentPropsWithoutRef, type ForwardedRef, type ReactNode } from 'react';
import { ActionButton } from './ActionButton.js';
import { Failure } from './Failure.js';
import type { Messages } from './messages.js';
import { useAction } from './useAction.js';
import { failureText } from './usePromptAction.js';

/** The props that `SignInButton` and `SignOutButton` share. */
export interface AccountButtonProps extends Omit<ComponentPropsWithoutRef<'button'>, 'onClick'> {
  /** Default: those of the nearest `SessionMessages`, else English. */
  messages?: Messages;
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
  const { texts, text, pendingText, action, buttonRef, children = text, ...native } = props;
  const [state, run] = useAction();
  const isPending = state.kind === 'pending';
  return (
    <div className="sc-account">
      <ActionButton
        {...native}
        ref={buttonRef}
        isPending={isPending}
        onPress={() => run('action', action)}
      >
        {isPending ? pendingText : children}
      </ActionButton>
      <Failure text={failureText(state, texts)} />
    </div>
  );
}
