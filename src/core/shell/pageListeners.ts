import { toSessionError } from '../errors.js';
import { longAgo } from '../model/clock.js';
import { canBeIdle } from '../model/deadline.js';
import type { Input } from '../model/input.js';
import type { SessionSource, SourceEvent } from '../sessionSource.js';
import type { EndReason } from '../types.js';
import { readSession } from '../validate.js';
import type { ClientContext } from './context.js';
import { isEndReason } from './fieldChecks.js';

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
  let activeAt = longAgo;
  let detach: ((() => void) | undefined)[] = [];

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
      const input = read(event);
      dispatch(input);
      if (input.type === 'request-failed') dispatch({ type: 'requested', request: 'session' });
    });
  }

  /** An invalid event is not thrown into the SDK that emits it: it counts as a failed request for the session, which is repeated. */
  function read(event: SourceEvent): Input {
    try {
      if (event.type === 'revoked') return { type: 'ended', reason: readReason(event.reason) };
      const session = readSession(event.session, now(), source.name);
      return { type: 'session', session, isEvent: true };
    } catch (error) {
      const { name } = source;
      return { type: 'request-failed', request: 'session', error: toSessionError(error, name) };
    }
  }

  return {
    reportActivity,
    setAttached(isAttached) {
      if (!isAttached) {
        for (const stop of detach.splice(0)) stop?.();
      } else if (detach.length === 0) {
        detach = [
          subscribeToSource(),
          env.onResume(() => dispatch({ type: 'resumed' })),
          env.onSuspend(() => dispatch({ type: 'suspended' })),
          canBeIdle(config) ? env.onActivity(reportActivity) : undefined,
        ];
      }
    },
  };
}

/** Only a user of this tab can have signed out in it, so a source cannot report `'signed-out'`. */
function readReason(reason: unknown): EndReason {
  return isEndReason(reason) && reason !== 'signed-out' ? reason : 'revoked';
}
