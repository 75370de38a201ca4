'use client';
import { type ReactNode, useId, useState } from 'react';
import { useSessionClient } from '../react/context.js';
import { useSession } from '../react/useSession.js';
import { useSessionActions } from '../react/useSessionActions.js';
import { Failure } from './Failure.js';
import { ModalDialog } from './ModalDialog.js';
import { RemainingAnnouncer } from './RemainingAnnouncer.js';
import { SessionCountdown } from './SessionCountdown.js';
import { useMessages } from './SessionMessages.js';
import { useAction } from './useAction.js';
import { useTitlePrefix } from './useTitlePrefix.js';

/** Less than this is too short to answer in (ms; WCAG 2.2.1). */
const shortestAnswer = 20_000;

/** Warns before the session ends, and offers to stay; where the end cannot be moved, to sign in again. */
export function SessionExpiryDialog(): ReactNode {
  const client = useSessionClient('<SessionExpiryDialog>');
  const isDue = useSession(
    ({ status, pendingLogin }) => status === 'expiring' && pendingLogin === null,
  );
  const endsAt = useSession(({ deadline }) => deadline?.at ?? null);
  const [dismissed, setDismissed] = useState<number | null>(null);
  if (!isDue || endsAt === null || dismissed === endsAt) return null;
  return (
    <ExpiryWarning
      hasTimeToAnswer={endsAt - client.now() >= shortestAnswer}
      onDismiss={() => setDismissed(endsAt)}
    />
  );
}

interface ExpiryWarningProps {
  /** As of when the warning came up. */
  hasTimeToAnswer: boolean;
  onDismiss: () => void;
}

function ExpiryWarning({ hasTimeToAnswer, onDismiss }: ExpiryWarningProps): ReactNode {
  const ids = { title: useId(), description: useId() };
  const [couldAnswer] = useState(hasTimeToAnswer);
  const canStay = useSession(({ canExtend }) => canExtend) && couldAnswer;
  const { extend, login, logout } = useSessionActions();
  const [staying, stay] = useAction(extend);
  const [signingIn, signIn] = useAction(login);
  const [signingOut, signOut] = useAction(logout);
  const { expiry, relogin } = useMessages();
  useTitlePrefix(expiry.titlePrefix);
  return (
    <ModalDialog
      className="sc-dialog"
      role="alertdialog"
      aria-labelledby={ids.title}
      aria-describedby={ids.description}
      onEscape={canStay ? stay : onDismiss}
    >
      <h2 id={ids.title}>{expiry.title}</h2>
      <SessionCountdown className="sc-dialog-time" />
      <p id={ids.description}>{canStay ? expiry.description : expiry.fixedDescription}</p>
      <RemainingAnnouncer />
      <Failure of={staying} />
      <Failure of={signingIn} />
      <Failure of={signingOut} />
      <div className="sc-actions">
        {canStay ? (
          <>
            <button type="button" className="sc-primary" onClick={stay}>
              {staying.kind === 'pending' ? expiry.staying : expiry.stay}
            </button>
            <button type="button" onClick={signOut}>
              {expiry.signOut}
            </button>
          </>
        ) : (
          <>
            <button type="button" className="sc-primary" onClick={signIn}>
              {signingIn.kind === 'pending' ? relogin.signingIn : expiry.signInAgain}
            </button>
            <button type="button" onClick={onDismiss}>
              {expiry.dismiss}
            </button>
          </>
        )}
      </div>
    </ModalDialog>
  );
}
