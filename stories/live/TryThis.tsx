import { type ReactNode, useSyncExternalStore } from 'react';
import { readProgress, subscribeToProgress } from './progress';
import { type Progress, type StepId, stepIds } from './steps';

interface StepText {
  title: string;
  /** What to do. */
  todo: ReactNode;
}

const texts: Record<StepId, StepText> = {
  'sign-in': { title: 'Sign in', todo: 'Choose “Sign in” above, then a user in the new window.' },
  refresh: {
    title: 'Watch the access token',
    todo: 'Wait up to 30 s: it is refreshed before it expires.',
  },
  tabs: {
    title: 'Use two tabs',
    todo: (
      <>
        <a href="?id=live--live&viewMode=story" target="_blank" rel="opener">
          Open a second tab
        </a>
        : both show the same session.
      </>
    ),
  },
  outage: {
    title: 'Stop the provider',
    todo: 'Wait for the next refresh: it fails, the session stays.',
  },
  stay: {
    title: 'Choose “Stay signed in”',
    todo: 'Do nothing for a minute, until the warning appears.',
  },
  'sign-in-again': {
    title: 'Sign in again, keep the form',
    todo: 'Write a note, revoke the refresh token, sign in again.',
  },
  'sign-out': { title: 'Sign out', todo: 'Choose “Sign out” above.' },
};

const noteMissing = 'The note was empty. Write one, then revoke again.';

/** What to try in the story. Events of the client check off the steps; the list itself cannot be clicked. */
export function TryThis(): ReactNode {
  const progress = useSyncExternalStore(subscribeToProgress, readProgress);
  const current = stepIds.find((id) => progress.done[id] === undefined);
  const count = Object.keys(progress.done).length;
  return (
    <section aria-labelledby="live-try">
      <h2 id="live-try">
        Try this{' '}
        <span className="live-count">
          {count} of {stepIds.length} done
        </span>
      </h2>
      <ol className="live-steps" aria-labelledby="live-try">
        {stepIds.map((id) => (
          <Step key={id} id={id} progress={progress} isCurrent={id === current} />
        ))}
      </ol>
      <p role="status" className="live-hidden">
        {progress.latest &&
          `Step done: ${texts[progress.latest].title}. ${count} of ${stepIds.length}.`}
      </p>
    </section>
  );
}

function Step(props: { id: StepId; progress: Progress; isCurrent: boolean }): ReactNode {
  const { id, progress, isCurrent } = props;
  const seen = progress.done[id];
  const isDone = seen !== undefined;
  const { title, todo } = texts[id];
  return (
    <li data-step={id} data-done={isDone} aria-current={isCurrent ? 'step' : undefined}>
      <strong>
        {title}
        {isDone && <span className="live-hidden"> (done)</span>}
      </strong>
      <p>{seen ?? (id === 'sign-in-again' && progress.wasNoteMissing ? noteMissing : todo)}</p>
    </li>
  );
}
