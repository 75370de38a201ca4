/** The panel's host has this attribute. */
export const panelAttribute = 'data-session-devtools';

/**
 * What the page may notice of a press, a key or the focus in the panel. `click`, which the panel needs, is not
 * among them, and neither is what the browser does by default.
 */
const shielded = [
  'pointerdown',
  'pointermove',
  'mousedown',
  'mousemove',
  'keydown',
  'keyup',
  'wheel',
  'touchstart',
  'touchmove',
  'focusin',
  'focusout',
];

let isShielded = false;

/**
 * Hides the user's input in the panel from the page: it is no activity of the session, and no press outside of a
 * modal, which would close or take the focus back. Call it before the client starts: of two listeners of the window,
 * the first is called first.
 */
export function shieldEvents(): void {
  if (isShielded || typeof document === 'undefined') return;
  isShielded = true;
  for (const type of shielded) addEventListener(type, shield, { capture: true });
}

function shield(event: Event): void {
  // A focus trap also notices that the focus leaves its modal for the panel.
  const isLeft = event instanceof FocusEvent && isInPanel(event.relatedTarget);
  if (!isLeft && !isInPanel(event.target)) return;
  event.stopImmediatePropagation();
  // It would close the modal dialog in which the panel is shown.
  if (event instanceof KeyboardEvent && event.key === 'Escape') event.preventDefault();
}

function isInPanel(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(`[${panelAttribute}]`) !== null;
}
