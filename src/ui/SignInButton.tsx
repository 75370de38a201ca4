'use client';
import { type ForwardRefExoticComponent, forwardRef, type RefAttributes } from 'react';
import type { LoginRequest } from '../core/types.js';
import { useSessionClient } from '../react/context.js';
import { useSession } from '../react/useSession.js';
import { AccountButton, type AccountButtonProps } from './AccountButton.js';
import { useMessages } from './SessionMessages.js';

export interface SignInButtonProps extends AccountButtonProps {
  /** How the user signs in, for example `{ display: 'redirect' }`. Default: the source decides. */
  login?: LoginRequest;
}

/**
 * Signs the user in; renders nothing while a user is signed in. A failure, such as a blocked pop-up, is
 * shown below the button. It is a `button` and takes its native props and `ref`; an `onClick` that prevents the
 * default prevents the sign-in.
 * @example <SignInButton login={{ display: 'redirect' }}>Sign in with your company</SignInButton>
 */
export const SignInButton: ForwardRefExoticComponent<
  SignInButtonProps & RefAttributes<HTMLButtonElement>
> = forwardRef<HTMLButtonElement, SignInButtonProps>(function SignInButton(props, ref) {
  const { login: request, messages, ...native } = props;
  const { login } = useSessionClient('<SignInButton>');
  const isShown = useSession(({ status }) => status === 'signed-out' || status === 'expired');
  const texts = useMessages(messages);
  if (!isShown) return null;
  return (
    <AccountButton
      {...native}
      buttonRef={ref}
      isPrimary
      texts={texts}
      text={texts.signIn}
      pendingText={texts.relogin.signingIn}
      action={() => login(request)}
    />
  );
});
