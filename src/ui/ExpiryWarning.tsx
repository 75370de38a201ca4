'use client';
import { type ReactNode, useId, useState } from 'react';
import type { Instant, LoginRequest } from '../core/types.js';
import { useSessionClient } from '../react/context.js';
import { useSession } from '../react/useSession.js';
import { useSessionEvent } from '../react/useSessionEvent.js';
import { ActionButton } from './ActionButton.js';
import { Failure } from './Failure.js';
import { ModalDialog } from './ModalDialog.js';
import type { Messages } from './messages.js';
import { RemainingAnnouncer } from './RemainingAnnouncer.js';
import { SessionCountdown } from './SessionCountdown.js';
import { useAction } from './useAction.js';
import { useTitlePrefix } from './useTitlePrefix.js';

interface ExpiryWarningProps {
  endsAt: Instant;
  request: LoginRequest | undefined;
  onDismiss: () => void;
  className: string | undefined;
  messages: Messages;
}

/** The content of `SessionExpiryDialog`: the remaining time and the possible actions. */
export function ExpiryWarning(props: ExpiryWarningProps): ReactNode {
  const { endsAt, request, onDismiss, className, messages } = props;
  const { extend, login, logout } = useSessionClient('<SessionExpiryDialog>');
  const canExtend = useSession((snapshot) => snapshot.canExtend);
  const isTooLate = useIsTooLate(endsAt);
  const [state, run] = useAction();
  const { expiry, relogin } = messages;
  useTitlePrefix(expiry.titlePrefix);
  const isPending = (name: string): boolean => state.kind === 'pending' && state.name === name;
  const stay = (): void => run('stay', extend);
  const canStay = canExtend && !isTooLate;
  const escape = (): void => {
    // Escape does not undo a sign-out that is in progress.
    if (!isPending('sign-out')) (canStay ? stay : onDismiss)();
  };
  return (
    <ModalDialog
      shape="expiring"
      title={expiry.title}
      description={<p>{descriptionOf(expiry, canExtend, isTooLate)}</p>}
      onEscape={escape}
      className={className}
    >
      <TimeLeft messages={messages} />
      <RemainingAnnouncer messages={messages} />
      <Failure of={state} messages={messages} />
      {canStay ? (
        <div className="sc-actions">
          <ActionButton isPrimary isPending={isPending('stay')} onPress={stay}>
            {isPending('stay') ? expiry.staying : expiry.stay}
          </ActionButton>
          <ActionButton
            isPending={isPending('sign-out')}
            onPress={() => run('sign-out', () => logout())}
          >
            {isPending('sign-out') ? expiry.signingOut : expiry.signOut}
          </ActionButton>
        </div>
      ) : (
        <div className="sc-actions">
          <ActionButton
            isPrimary
            isPending={isPending('sign-in')}
            onPress={() => run('sign-in', () => login(request))}
          >
            {isPending('sign-in') ? relogin.signingIn : relogin.signIn}
          </ActionButton>
          <ActionButton onPress={onDismiss}>{relogin.notNow}</ActionButton>
        </div>
      )}
    </ModalDialog>
  );
}

function TimeLeft({ messages }: { messages: Messages }): ReactNode {
  const id = useId();
  return (
    <p className="sc-time">
      <span id={id} className="sc-muted">
        {messages.timeLeft.session}
      </span>
      <SessionCountdown aria-labelledby={id} messages={messages} />
    </p>
  );
}

function descriptionOf(expiry: Messages['expiry'], canExtend: boolean, isTooLate: boolean): string {
  if (!canExtend) return expiry.fixedDescription;
  return isTooLate ? expiry.lateDescription : expiry.description;
}

/**
 * A user needs 20 s to respond to the warning (WCAG 2.2.1). A warning that is planned at 20 s is rendered a
 * little later (ms).
 */
const minResponseTime = 19_000;

/**
 * Whether too little time was left when the warning opened, or when the device woke up. A warning
 * that opened in time never becomes too late while the user sees it.
 */
function useIsTooLate(endsAt: Instant): boolean {
  const { now } = useSessionClient('<SessionExpiryDialog>');
  const endIfTooLate = (): Instant | null => (endsAt - now() < minResponseTime ? endsAt : null);
  const [tooLateEnd, setTooLateEnd] = useState(endIfTooLate);
  useSessionEvent('resumed', () => setTooLateEnd(endIfTooLate()));
  return tooLateEnd === endsAt;
}
