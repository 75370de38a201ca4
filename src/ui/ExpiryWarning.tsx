'use client';
import { type ReactNode, useState } from 'react';
import { useSessionClient } from '../react/context.js';
import { ActionButton } from './ActionButton.js';
import { Announcer } from './Announcer.js';
import type { ExtendableWarning, FixedWarning } from './expiryPrompt.js';
import { Failure } from './Failure.js';
import { ModalDialog } from './ModalDialog.js';
import type { Messages } from './messages.js';
import { SessionCountdown } from './SessionCountdown.js';

interface ExpiryWarningProps {
  warning: ExtendableWarning | FixedWarning;
  className: string | undefined;
  texts: Messages;
}

/** The content of `SessionExpiryDialog`: the remaining time and the possible actions. */
export function ExpiryWarning({ warning, className, texts }: ExpiryWarningProps): ReactNode {
  const { now } = useSessionClient('<SessionExpiryDialog>');
  const [total] = useState(() => Math.max(warning.endsAt - now(), 0));
  return (
    <ModalDialog
      sign={<SessionCountdown shape="ring" total={total} messages={texts} />}
      title={warning.title}
      description={<p>{warning.description}</p>}
      onEscape={warning.escape}
      className={className}
    >
      <Announcer announcement={warning.announcement} />
      <Failure text={warning.failure} />
      <div className="sc-actions">
        {warning.canExtend ? (
          <StayOrSignOut warning={warning} texts={texts} />
        ) : (
          <SignInOrNotNow warning={warning} texts={texts} />
        )}
      </div>
    </ModalDialog>
  );
}

function StayOrSignOut(props: { warning: ExtendableWarning; texts: Messages }): ReactNode {
  const { pending, stay, signOut } = props.warning;
  const { expiry } = props.texts;
  return (
    <>
      <ActionButton isPrimary isPending={pending === 'stay'} onPress={stay}>
        {pending === 'stay' ? expiry.staying : expiry.stay}
      </ActionButton>
      <ActionButton isPending={pending === 'sign-out'} onPress={signOut}>
        {pending === 'sign-out' ? expiry.signingOut : expiry.signOut}
      </ActionButton>
    </>
  );
}

function SignInOrNotNow(props: { warning: FixedWarning; texts: Messages }): ReactNode {
  const { pending, signIn, notNow } = props.warning;
  const { relogin } = props.texts;
  return (
    <>
      <ActionButton isPrimary isPending={pending === 'sign-in'} onPress={signIn}>
        {pending === 'sign-in' ? relogin.signingIn : relogin.signIn}
      </ActionButton>
      <ActionButton onPress={notNow}>{relogin.notNow}</ActionButton>
    </>
  );
}
