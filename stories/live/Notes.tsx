import type { ReactNode } from 'react';
import { readNote, setNote } from './note';

/** A form with unsaved text: it keeps the text when a session ends and the user signs in again. */
export function Notes(): ReactNode {
  return (
    <section aria-label="Form">
      <label className="live-label">
        Your note
        <textarea
          rows={2}
          defaultValue={readNote()}
          placeholder="Not saved: write something, then revoke the refresh token."
          onChange={(event) => setNote(event.target.value)}
        />
      </label>
    </section>
  );
}
