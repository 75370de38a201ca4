import { makeError } from '../core/errorMessages.js';
import { SessionError } from '../core/errors.js';

/** How often the address of a pop-up is checked (ms). */
const pollInterval = 200;

/**
 * Opens `url` in a pop-up for a sign-in; call it from a click. Resolves when the pop-up is at `returnPath` of
 * this origin, which it then leaves by closing. Rejects with a `SessionError`: `ERR_POPUP_BLOCKED` if the
 * browser opens no window, `ERR_LOGIN_CANCELLED` if the user closes it or `signal` aborts. A provider that
 * sends `Cross-Origin-Opener-Policy: same-origin` looks like a closed window.
 */
export async function openPopup(
  url: string,
  returnPath: string,
  signal: AbortSignal,
): Promise<void> {
  const popup = open(url, '_blank', 'width=480,height=720');
  if (!popup) {
    throw new SessionError(
      'ERR_POPUP_BLOCKED',
      'The browser did not open the sign-in window. Call login() from a click, or with display: "redirect".',
    );
  }
  while (!hasReached(popup, returnPath)) {
    if (popup.closed || signal.aborted) {
      popup.close();
      throw makeError('loginCancelled');
    }
    await sleep(pollInterval);
  }
  popup.close();
}

/**
 * Calls `onClosed` once when `popup` is closed, or at the next check if the browser opened none (`null`); for
 * SDKs that do not notice it. Returns a function that stops the checks.
 */
export function watchPopup(popup: Window | null, onClosed: () => void): () => void {
  const timer = setInterval(() => {
    if (popup && !popup.closed) return;
    stop();
    onClosed();
  }, pollInterval);
  const stop = (): void => clearInterval(timer);
  return stop;
}

/** A navigation that takes longer may not happen: its answer may be a download or empty (ms). */
const longestNavigation = 10_000;

/**
 * For `login()` of a source that redirects: never resolves, because the page unloads. Rejects with
 * `ERR_LOGIN_CANCELLED` if the user is still or again at the page: after the browser's Back from the page
 * cache, if the browser reports that the navigation was stopped (not every one does, and not always), if the
 * page has not been left after 10 s, and if `signal` aborts. Without the page cache, Back loads the page anew.
 * @example
 * location.assign(loginUrl);
 * return untilUserReturns(signal);
 * @see https://developer.mozilla.org/docs/Web/API/Navigation/navigateerror_event
 */
export function untilUserReturns(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const returned = new AbortController();
    const cancel = (): void => {
      returned.abort();
      clearTimeout(timer);
      reject(makeError('loginCancelled'));
    };
    const timer = setTimeout(cancel, longestNavigation);
    const listen = (target: EventTarget, type: string, listener: (event: Event) => void): void =>
      target.addEventListener(type, listener, { signal: returned.signal });
    listen(globalThis as unknown as EventTarget, 'pagehide', () => clearTimeout(timer));
    listen(globalThis as unknown as EventTarget, 'pageshow', (event) => {
      // It also fires when the page loads for the first time.
      if ((event as PageTransitionEvent).persisted) cancel();
    });
    const { navigation } = globalThis as { navigation?: EventTarget };
    if (navigation) listen(navigation, 'navigateerror', cancel);
    listen(signal, 'abort', cancel);
    if (signal.aborted) cancel();
  });
}

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/**
 * Whether the pop-up is at `path`. Reading its location throws while it is at another origin. Next.js
 * may add a trailing slash.
 */
function hasReached(popup: Window, path: string): boolean {
  try {
    return withoutSlash(popup.location.pathname) === withoutSlash(path);
  } catch {
    return false;
  }
}

function withoutSlash(path: string): string {
  return path.replace(/\/$/, '');
}
