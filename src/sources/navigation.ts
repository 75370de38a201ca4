import { loginCancelled } from '../core/endings.js';
import { SessionError } from '../core/errors.js';

/** How often the page looks whether the pop-up has come back (ms). */
const lookEvery = 200;

/**
 * Has the person sign in at `url` in a window of its own, which ends up at the path `home` of this
 * origin. Rejects where the browser opens none, and where the person closes it before.
 */
export function openPopup(url: string, home: string): Promise<void> {
  const popup = open(url, '_blank', 'width=480,height=720');
  if (!popup) {
    throw new SessionError(
      'ERR_POPUP_BLOCKED',
      'The browser opened no window. Call login() from a click, or with display: "redirect".',
    );
  }
  return new Promise((resolve, reject) => {
    const timer = setInterval(() => {
      if (isAt(popup, home)) resolve();
      else if (popup.closed) reject(loginCancelled());
      else return;
      clearInterval(timer);
      popup.close();
    }, lookEvery);
  });
}

/** Has the whole page go to `url`. Settles only where the person comes back by "back". */
export function leaveFor(url: string): Promise<never> {
  location.assign(url);
  return new Promise((_resolve, reject) => {
    addEventListener('pageshow', () => reject(loginCancelled()), { once: true });
  });
}

/** While it is at the provider's, nobody here can see where. */
function isAt(popup: Window, path: string): boolean {
  try {
    return popup.location.pathname === path;
  } catch {
    return false;
  }
}
