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

/** The warning itself: how long there is, and what can be done about it. */
export function ExpiryWarning(props: ExpiryWarningProps): ReactNode {
  const { endsAt, request, onDismiss, className, messages } = props;
  const { extend, login, logout } = useSessionClient('<SessionExpiryDialog>');
  const canExtend = useSession((snapshot) => snapshot.canExtend);
  const isLate = useTooLate(endsAt);
  const [state, run] = useAction();
  const { expiry, relogin } = messages;
  useTitlePrefix(expiry.titlePrefix);
  const isPending = (name: string): boolean => state.kind === 'pending' && state.name === name;
  const stay = (): void => run('stay', extend);
  const canStay = canExtend && !isLate;
  const escape = (): void => {
    // Who is on the way out is not called back by the same key.
    if (!isPending('leave')) (canStay ? stay : onDismiss)();
  };
  return (
    <ModalDialog
      shape="expiring"
      title={expiry.title}
      description={<p>{descriptionOf(expiry, canExtend, isLate)}</p>}
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
          <ActionButton isPending={isPending('leave')} onPress={() => run('leave', () => logout())}>
            {isPending('leave') ? expiry.signingOut : expiry.signOut}
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
      <span id={id} className="sc-quiet">
        {messages.timeLeft.session}
      </span>
      <SessionCountdown aria-labelledby={id} messages={messages} />
    </p>
  );
}

function descriptionOf(expiry: Messages['expiry'], canExtend: boolean, isLate: boolean): string {
  if (!canExtend) return expiry.fixedDescription;
  return isLate ? expiry.lateDescription : expiry.description;
}

/** Less than this is too short to answer in (ms; WCAG 2.2.1). */
const shortestAnswer = 20_000;

/** Whether too little was left when the warning came up, or after a sleep; running low since is not it. */
function useTooLate(endsAt: Instant): boolean {
  const { now } = useSessionClient('<SessionExpiryDialog>');
  const lateFor = (): Instant | null => (endsAt - now() < shortestAnswer ? endsAt : null);
  const [late, setLate] = useState(lateFor);
  useSessionEvent('resumed', () => setLate(lateFor()));
  return late === endsAt;
}
