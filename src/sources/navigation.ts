import { makeError } from '../core/errorMessages.js';
import { SessionError } from '../core/errors.js';

/** How often the page looks whether the pop-up has come back (ms). */
const lookEvery = 200;

/**
 * Has the person sign in at `url` in a window of its own, which ends up at the path `home` of this
 * origin. Rejects where the browser opens none, and where the person closes it before.
 */
export async function openPopup(url: string, home: string, signal: AbortSignal): Promise<void> {
  const popup = open(url, '_blank', 'width=480,height=720');
  if (!popup) {
    throw new SessionError(
      'ERR_POPUP_BLOCKED',
      'No window opened. Call login() from a click, or by redirect.',
    );
  }
  while (!isAt(popup, home)) {
    if (popup.closed || signal.aborted) {
      popup.close();
      throw makeError('loginCancelled');
    }
    await sleep(lookEvery);
  }
  popup.close();
}

/** Calls `onClosed` once when `popup` is closed; returns how to stop looking. */
export function watchWindow(popup: Window | null, onClosed: () => void): () => void {
  const timer = setInterval(() => {
    if (popup && !popup.closed) return;
    stop();
    onClosed();
  }, lookEvery);
  const stop = (): void => clearInterval(timer);
  return stop;
}

/** For a page that leaves: rejects when the person comes back to it by "back". */
export function untilBack(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    // While a page is still loading it is shown too, for the first time.
    const onShow = ({ persisted }: PageTransitionEvent): void => {
      if (persisted) reject(makeError('loginCancelled'));
    };
    addEventListener('pageshow', onShow, { signal });
  });
}

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** While it is at the provider's, nobody here can see where. Next.js may put a slash behind a path. */
function isAt(popup: Window, path: string): boolean {
  try {
    return popup.location.pathname.replace(/\/$/, '') === path;
  } catch {
    return false;
  }
}
