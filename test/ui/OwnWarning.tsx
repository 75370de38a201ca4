import { type ReactNode, useEffect } from 'react';
import { type ExpiryPrompt, useExpiryPrompt, usePromptTexts } from '../../src/ui/index.js';

interface OwnWarningProps {
  onRender?: (prompt: ExpiryPrompt) => void;
}

/** A dialog of an app, which is no `<dialog>`. */
export function OwnWarning({ onRender }: OwnWarningProps): ReactNode {
  const current = usePromptTexts(useExpiryPrompt());
  useEffect(() => onRender?.(current));
  if (current.kind === 'hidden') return null;
  if (current.kind === 'reminder')
    return (
      <button type="button" onClick={current.open}>
        {current.text}
      </button>
    );
  if (current.kind === 'extended') return <p>{current.text}</p>;
  return (
    <section aria-label={current.title}>
      <p>{current.description}</p>
      <p role="status">{current.announcement.polite}</p>
      <p role="alert">{current.announcement.urgent}</p>
      <p data-testid="failure">{current.failure}</p>
      {current.canExtend ? (
        <>
          <button type="button" onClick={current.stay}>
            Stay {current.pending === 'stay' && '…'}
          </button>
          <button type="button" onClick={current.signOut}>
            Leave
          </button>
        </>
      ) : (
        <>
          <button type="button" onClick={current.signIn}>
            Sign in
          </button>
          <button type="button" onClick={current.notNow}>
            Later
          </button>
        </>
      )}
    </section>
  );
}
