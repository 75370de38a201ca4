import type { EndReason, Instant, SessionEvent } from 'session-clock';

export type StepId =
  | 'sign-in'
  | 'refresh'
  | 'tabs'
  | 'outage'
  | 'stay'
  | 'sign-in-again'
  | 'sign-out';

/** The steps of the list "Try this", in their order. */
export const stepIds: readonly StepId[] = [
  'sign-in',
  'refresh',
  'tabs',
  'outage',
  'stay',
  'sign-in-again',
  'sign-out',
];

/** A session that ended without a sign-out, and the text that was in the form at that time. */
interface EndedSession {
  userId: string;
  note: string;
}

/** The finished steps, and the facts that later events are compared with. */
export interface Progress {
  /** What was observed when a step was finished, by step. */
  readonly done: Readonly<Partial<Record<StepId, string>>>;
  /** The step that was finished last. */
  readonly latest: StepId | null;
  readonly isSignedIn: boolean;
  /** The expiry of the current access token (epoch ms). */
  readonly tokenExpiresAt: Instant | null;
  readonly isWarningShown: boolean;
  readonly ended: EndedSession | null;
  /** Whether the latest new sign-in was not counted because the form was empty. */
  readonly wasNoteMissing: boolean;
}

export const noProgress: Progress = {
  done: {},
  latest: null,
  isSignedIn: false,
  tokenExpiresAt: null,
  isWarningShown: false,
  ended: null,
  wasNoteMissing: false,
};

export type Observation =
  /** An event of the client, and the text that is in the form. */
  | { type: 'event'; event: SessionEvent; note: string }
  /** Another tab has the same user, status and access token as this one. */
  | { type: 'tabs-agree' };

/** Returns the progress after an observation; the same object if nothing changed. */
export function advance(progress: Progress, observation: Observation): Progress {
  if (observation.type === 'tabs-agree') {
    return finish(progress, 'tabs', 'Both tabs have the same user and access token.');
  }
  return afterEvent(progress, observation.event, observation.note);
}

function afterEvent(progress: Progress, event: SessionEvent, note: string): Progress {
  switch (event.type) {
    case 'session-started':
      return afterStart(progress, event.session.user.sub, note);
    case 'access-token-refreshed':
      return afterRefresh(progress, event.at, event.expiresAt);
    case 'connection-changed':
      return event.connection === 'degraded' && progress.isSignedIn
        ? finish(
            progress,
            'outage',
            'The refresh failed, the session stays. Start the provider again.',
          )
        : progress;
    case 'session-expiring':
      return { ...progress, isWarningShown: true };
    case 'session-extended':
      return afterExtension(progress, event.deadline?.at ?? null);
    case 'session-ended':
      return afterEnd(progress, event.reason, { userId: event.session.user.sub, note });
    default:
      return progress;
  }
}

function afterStart(progress: Progress, userId: string, note: string): Progress {
  const { ended } = progress;
  const started = { ...progress, isSignedIn: true, isWarningShown: false, ended: null };
  const next = finish(started, 'sign-in', 'The session and the access token have begun.');
  if (ended?.userId !== userId) return next;
  if (ended.note === '') return { ...next, wasNoteMissing: true };
  return ended.note === note
    ? finish(next, 'sign-in-again', 'A new session has begun. Your note is unchanged.')
    : next;
}

function afterRefresh(progress: Progress, at: Instant, expiresAt: Instant | null): Progress {
  const { tokenExpiresAt } = progress;
  const next = { ...progress, tokenExpiresAt: expiresAt };
  if (tokenExpiresAt === null || at >= tokenExpiresAt) return next;
  const early = Math.max(1, Math.round((tokenExpiresAt - at) / 1_000));
  return finish(next, 'refresh', `A new token arrived ${early} s before the old one expired.`);
}

function afterExtension(progress: Progress, end: Instant | null): Progress {
  const next = { ...progress, isWarningShown: false };
  if (!progress.isWarningShown) return next;
  const time = end === null ? '' : ` until ${new Date(end).toLocaleTimeString()}`;
  return finish(next, 'stay', `The session was extended${time}.`);
}

function afterEnd(progress: Progress, reason: EndReason, ended: EndedSession): Progress {
  const next: Progress = {
    ...progress,
    isSignedIn: false,
    isWarningShown: false,
    tokenExpiresAt: null,
    ended: isRefusal(reason) ? ended : null,
  };
  return reason === 'signed-out'
    ? finish(next, 'sign-out', 'The session has ended. The access token was removed.')
    : next;
}

/** Whether the provider ended the session, and not the user or a deadline. */
function isRefusal(reason: EndReason): boolean {
  return reason === 'token-refresh-failed' || reason === 'revoked';
}

function finish(progress: Progress, step: StepId, seen: string): Progress {
  if (progress.done[step] !== undefined) return progress;
  return { ...progress, done: { ...progress.done, [step]: seen }, latest: step };
}
