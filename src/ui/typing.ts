/** The element with the focus, also inside of shadow roots. */
export function focusedElement(): Element | null {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element;
}

/** Whether the keys that the user presses go into a field, an editor or a frame. */
export function isTypingIn(target: EventTarget | null | undefined): boolean {
  const fields = 'input, textarea, select, iframe, [contenteditable]';
  return (target as Element | null | undefined)?.matches?.(fields) === true;
}

/** Whether the user is typing here, or in the page around this frame. */
export function isTyping(): boolean {
  const around = frameElement?.ownerDocument.activeElement;
  return isTypingIn(focusedElement()) || (around !== frameElement && isTypingIn(around));
}
