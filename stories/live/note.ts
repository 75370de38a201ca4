let note = '';

/** Stores the text of the form, so that it can be compared before and after a new sign-in. */
export function setNote(text: string): void {
  note = text;
}

export function readNote(): string {
  return note;
}
