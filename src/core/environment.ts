import { focusManager, onlineManager } from '@tanstack/react-query';
import {
  isPage,
  openChannel,
  type TabChannel,
  type TabLocks,
  type TabStorage,
  webLocks,
  webStorage,
} from './tabPlatform.js';

/**
 * The platform. Only this file and `tabPlatform.ts` use `Date`, timers, `document`, `navigator` and the storage, so that tests
 * can replace all of them.
 */
export interface Environment {
  /** The device's clock (epoch ms), which the user can set. */
  wallNow(): number;
  /** A clock that is never set back (ms). It stops while the device sleeps on some platforms. */
  monotonicNow(): number;
  /** A random number in [0, 1). */
  random(): number;
  /** Calls `callback` once after `ms`. Returns a function that cancels this. */
  setTimer(ms: number, callback: () => void): () => void;
  readonly fetch: typeof fetch;
  /** By TanStack Query's `onlineManager`, which an app can configure. */
  isOnline(): boolean;
  /** By TanStack Query's `focusManager`, which an app can configure. */
  isVisible(): boolean;
  /**
   * Calls `listener` when the page becomes online, offline, visible or hidden, gets the focus, is resumed
   * after it was frozen, or is shown again from the back/forward cache. Returns a function that stops this,
   * as the following two do.
   */
  onResume(listener: () => void): () => void;
  /** Calls `listener` before the page is frozen, put into the back/forward cache, or unloaded. */
  onSuspend(listener: () => void): () => void;
  /** Calls `listener` for every input of the user on this page, and when the page comes into view. */
  onActivity(listener: () => void): () => void;
  /** `null` if the platform has none: an old browser, an insecure origin, a server. */
  readonly locks: TabLocks | null;
  /** `null` on a server. */
  readonly storage: TabStorage | null;
  /** `null` if the platform has no channels or no locks. */
  openChannel(name: string, onMessage: (message: unknown) => void): TabChannel | null;
  /** A unique id of this page. */
  newTabId(): string;
  /** When the page was loaded, by the device's clock (epoch ms). */
  readonly openedAt: number;
}

const resumes = ['focus', 'pageshow', 'resume'];
const suspensions = ['pagehide', 'freeze'];
/** Without `scroll`, which a script can cause, for example in a log that follows its end. */
const activities = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart', 'touchmove'];

/** Not `performance.timeOrigin`, which is behind in some browsers after the device has slept. */
const openedAt = Date.now();

/** The platform of the page. A server has no page: it has no locks, no storage and no events. */
export function browserEnvironment(): Environment {
  return {
    wallNow: () => Date.now(),
    monotonicNow: () => performance.now(),
    random: () => Math.random(),
    setTimer(ms, callback) {
      const timer = setTimeout(callback, ms);
      return () => clearTimeout(timer);
    },
    fetch: (input, init) => globalThis.fetch(input, init),
    isOnline: () => onlineManager.isOnline(),
    isVisible: () => focusManager.isFocused(),
    onResume: (listener) =>
      runAll(
        onlineManager.subscribe(listener),
        focusManager.subscribe(listener),
        listen(resumes, listener),
      ),
    onSuspend: (listener) => listen(suspensions, listener),
    onActivity: (listener) =>
      runAll(
        // Events that a script dispatches are no activity.
        listenForInput(listener, ({ isTrusted }) => isTrusted),
        focusManager.subscribe((isFocused) => isFocused && listener()),
      ),
    locks: webLocks(),
    storage: webStorage(),
    openChannel,
    openedAt,
    newTabId: () => Math.random().toString(36).slice(2) + Date.now().toString(36),
  };
}

/** A function that calls all of `stops`. */
function runAll(...stops: (() => void)[]): () => void {
  return () => {
    for (const stop of stops) stop();
  };
}

/** Calls `listener` for the input events of the page, or of `target`, that `counts` accepts. */
export function listenForInput(
  listener: () => void,
  counts: (event: Event) => boolean,
  target?: EventTarget,
): () => void {
  const onInput = (event: Event): void => {
    if (counts(event)) listener();
  };
  return listen(activities, onInput, target);
}

/**
 * Listens on `window`, or on `target`. In the capture phase, because `freeze` and `resume` do not bubble, and an element may
 * stop the propagation of other events.
 */
function listen(
  types: readonly string[],
  listener: (event: Event) => void,
  target: EventTarget = globalThis,
): () => void {
  if (!isPage()) return () => {};
  const options = { capture: true, passive: true };
  for (const type of types) target.addEventListener(type, listener, options);
  return () => {
    for (const type of types) target.removeEventListener(type, listener, options);
  };
}
