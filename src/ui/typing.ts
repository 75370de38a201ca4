/** The element with the focus, also inside of shadow roots. */
export function focusedElement(): Element | null {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element;
}

/** Whether the keys that the user presses go into a field, an editor or a frame. */
export function isTypingIn(target: EventTarget | null | undefined): boolean {
  const fields = 'input, textarea, select, iframe, [contenteditable]';
  return target instanceof Element && target.matches(fields);
}

/** Whether the user may be typing. In a frame without the focus, that is in the page around it. */
export function isTyping(): boolean {
  return isTypingIn(focusedElement()) || (parent !== window && !document.hasFocus());
}
