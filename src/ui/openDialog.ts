import { keepReachable, otherModals } from './keepReachable.js';
import { isTyping } from './typing.js';

/**
 * Opens a modal dialog above the others of the page. Returns a function that closes it and moves the focus back
 * to where it was, or to the modal that the app has opened meanwhile.
 */
export function openDialog(dialog: HTMLDialogElement): () => void {
  const before = document.activeElement;
  // Chromium forgets it when the focus leaves the frame. Its type is one of the frame's own window.
  const inFrame = (before as HTMLIFrameElement | null)?.contentDocument?.activeElement;
  const wasTyping = isTyping();
  dialog.showModal();
  // The next key of a user who is typing must press no button.
  if (wasTyping) focusOnce(dialog.querySelector('h2'));
  const release = keepReachable(dialog);
  return () => {
    dialog.close();
    release();
    returnFocus(before, inFrame);
  };
}

/** Only now: `showModal()` would focus any element that has a `tabindex`. */
function focusOnce(element: HTMLElement | null): void {
  if (!element) return;
  element.tabIndex = -1;
  element.focus();
  element.addEventListener('blur', () => element.removeAttribute('tabindex'), { once: true });
}

function returnFocus(before: Element | null, inFrame: Element | null | undefined): void {
  const isBehindModal = before?.closest('[aria-hidden=true], [inert]');
  if (before?.isConnected && before !== document.body && !isBehindModal) {
    for (const element of [before, inFrame]) (element as HTMLElement | null | undefined)?.focus();
    return;
  }
  for (const modal of document.querySelectorAll<HTMLElement>(otherModals)) modal.focus();
}
