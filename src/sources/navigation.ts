import { SessionError } from '../core/errors.js';

/** How often the page looks whether the pop-up has come back (ms). */
const lookEvery = 200;

/**
 * Has the person sign in at `url` in a window of its own, which ends up at the path `home` of this
 * origin. Rejects where the browser opens none, and where the person closes it before.
 */
export function openPopup(url: string, home: string): Promise<void> {
  const popup = globalThis.open(url, '_blank', 'popup,width=480,height=720');
  if (!popup) {
    throw new SessionError(
      'ERR_POPUP_BLOCKED',
      'The browser did not open the sign-in window. Call login() from a click, or with display: "redirect".',
    );
  }
  return new Promise((resolve, reject) => {
    const timer = setInterval(() => {
      const isBack = pathOf(popup) === home;
      if (!isBack && !popup.closed) return;
      clearInterval(timer);
      popup.close();
      if (isBack) resolve();
      else reject(cancelled());
    }, lookEvery);
  });
}

/** Has the whole page go to `url`. Settles only where the person comes back by "back". */
export function leaveFor(url: string): Promise<never> {
  globalThis.location.assign(url);
  return new Promise((_resolve, reject) => {
    const back = ({ persisted }: PageTransitionEvent): void => {
      if (!persisted) return;
      globalThis.removeEventListener('pageshow', back);
      reject(cancelled());
    };
    globalThis.addEventListener('pageshow', back);
  });
}

/** Nothing while it is at the provider's: another origin's address cannot be seen. */
function pathOf(popup: Window): string | undefined {
  try {
    return popup.location.pathname;
  } catch {
    return undefined;
  }
}

function cancelled(): SessionError {
  return new SessionError(
    'ERR_LOGIN_CANCELLED',
    'The sign-in was left before it was done. Offer to sign in once more.',
  );
}
