import { canBeIdle } from '../model/deadline.js';
import type { SessionSource } from '../sessionSource.js';
import { readSession } from '../validate.js';
import type { ClientContext } from './context.js';

/** Inputs of the user within this time count as one (ms). */
const activityInterval = 1_000;

export interface PageListeners {
  /** Attaches the listeners to the page and to the source, or detaches them. */
  setAttached(isAttached: boolean): void;
  /** The user is active. */
  reportActivity(): void;
}

export function createPageListeners(
  { env, config, dispatch, deviceNow, now }: ClientContext,
  source: SessionSource,
): PageListeners {
  let activeAt = Number.NEGATIVE_INFINITY;
  let detach: (() => void)[] = [];

  function reportActivity(): void {
    const at = deviceNow();
    // Negative after a correction of the clock.
    const ago = at - activeAt;
    if ((ago >= 0 && ago < activityInterval) || !env.isVisible()) return;
    activeAt = at;
    dispatch({ type: 'activity' });
  }

  function subscribeToSource(): (() => void) | undefined {
    return source.subscribe?.((event) => {
      if (event.type === 'revoked') dispatch({ type: 'ended', reason: event.reason ?? 'revoked' });
      else {
        const session = readSession(event.session, now(), source.name);
        dispatch({ type: 'session', session, isEvent: true });
      }
    });
  }

  return {
    reportActivity,
    setAttached(isAttached) {
      if (!isAttached) {
        for (const stop of detach.splice(0)) stop();
      } else if (detach.length === 0) {
        const unsubscribe = subscribeToSource();
        detach = [
          env.onResume(() => dispatch({ type: 'resumed' })),
          env.onSuspend(() => dispatch({ type: 'suspended' })),
          ...(unsubscribe ? [unsubscribe] : []),
          ...(canBeIdle(config) ? [env.onActivity(reportActivity)] : []),
        ];
      }
    },
  };
}
