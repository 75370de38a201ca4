/**
 * What a screen reader is to announce now; `''`: nothing. Render each text in a live region of its own that is
 * mounted while the prompt is shown, and inside the dialog if the dialog is modal.
 */
export interface Announcement {
  /** For an element with `role="status"`. */
  readonly polite: string;
  /** For an element with `role="alert"`: it interrupts the screen reader. */
  readonly urgent: string;
}

export function politely(text: string): Announcement {
  return { polite: text, urgent: '' };
}

export function urgently(text: string): Announcement {
  return { polite: '', urgent: text };
}
