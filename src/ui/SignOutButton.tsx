'use client';
import { type ForwardRefExoticComponent, forwardRef, type RefAttributes } from 'react';
import type { LogoutRequest } from '../core/types.js';
import { useSessionClient } from '../react/context.js';
import { useSession } from '../react/useSession.js';
import { AccountButton, type AccountButtonProps } from './AccountButton.js';
import { useMessages } from './SessionMessages.js';

export interface SignOutButtonProps extends AccountButtonProps {
  /** For example `{ returnTo: '/goodbye' }`. Default: the source decides. */
  logout?: LogoutRequest;
}

/**
 * Signs the user out, in all tabs; renders nothing while no user is signed in. A failure is shown below the
 * button. It is a `button` and takes its native props and `ref`; an `onClick` that prevents the default prevents
 * the sign-out.
 */
export const SignOutButton: ForwardRefExoticComponent<
  SignOutButtonProps & RefAttributes<HTMLButtonElement>
> = forwardRef<HTMLButtonElement, SignOutButtonProps>(function SignOutButton(props, ref) {
  const { logout: request, messages, ...native } = props;
  const { logout } = useSessionClient('<SignOutButton>');
  const isShown = useSession(({ status }) => status === 'active' || status === 'expiring');
  const texts = useMessages(messages);
  if (!isShown) return null;
  return (
    <AccountButton
      {...native}
      buttonRef={ref}
      texts={texts}
      text={texts.expiry.signOut}
      pendingText={texts.expiry.signingOut}
      action={() => logout(request)}
    />
  );
});
