'use client';
import type { ReactNode } from 'react';
import { ActionButton } from './ActionButton.js';
import { Announcer } from './Announcer.js';
import { toClockText } from './durationText.js';
import type { ExtendableWarning, FixedWarning } from './expiryPrompt.js';
import { Failure } from './Failure.js';
import type { Messages } from './messages.js';
import { SessionCountdown } from './SessionCountdown.js';
import { StatusIcon } from './StatusIcon.js';

interface BannerWarningProps {
  warning: ExtendableWarning | FixedWarning;
  texts: Messages;
}

/** The content of `SessionBanner`: the remaining time and the possible actions. */
export function BannerWarning({ warning, texts }: BannerWarningProps): ReactNode {
  return (
    <>
      <SessionCountdown className="sc-banner-time" messages={texts}>
        {({ remaining }) => (
          <>
            <StatusIcon shape="expiring" />
            {toClockText(remaining, texts.locale)}
          </>
        )}
      </SessionCountdown>
      <p className="sc-banner-text">{warning.description}</p>
      <Announcer announcement={warning.announcement} />
      <div className="sc-actions">
        {warning.canExtend ? (
          <StayOrSignOut warning={warning} texts={texts} />
        ) : (
          // Without "Not now": the banner is not in the way.
          <ActionButton isPrimary isPending={warning.pending !== null} onPress={warning.signIn}>
            {warning.pending ? texts.relogin.signingIn : texts.relogin.signIn}
          </ActionButton>
        )}
      </div>
      <Failure text={warning.failure} />
    </>
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
