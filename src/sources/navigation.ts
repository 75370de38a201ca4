import { makeError } from '../core/errorMessages.js';
import { SessionError } from '../core/errors.js';

/** How often the address of a pop-up is checked (ms). */
const pollInterval = 200;

/**
 * Opens `url` in a pop-up for a sign-in, and resolves when the pop-up reaches `returnPath` of this
 * origin. Rejects if the browser opens no window, if the user closes it, or if `signal` aborts.
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

/** Calls `onClosed` once when `popup` is closed. Returns a function that stops the checks. */
export function watchPopup(popup: Window | null, onClosed: () => void): () => void {
  const timer = setInterval(() => {
    if (popup && !popup.closed) return;
    stop();
    onClosed();
  }, pollInterval);
  const stop = (): void => clearInterval(timer);
  return stop;
}

/** For a page that redirects: rejects when the user returns to it with the browser's "back". */
export function untilUserReturns(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    // `pageshow` also fires when the page loads for the first time.
    const onShow = ({ persisted }: PageTransitionEvent): void => {
      if (persisted) reject(makeError('loginCancelled'));
    };
    addEventListener('pageshow', onShow, { signal });
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
    return popup.location.pathname.replace(/\/$/, '') === path;
  } catch {
    return false;
  }
}
