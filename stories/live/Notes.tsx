import type { ReactNode } from 'react';

/** A half-filled form: its content survives the end of a session and a new sign-in. */
export function Notes(): ReactNode {
  return (
    <section aria-labelledby="live-notes">
      <h2 id="live-notes">A half-filled form</h2>
      <label>
        Your note
        <textarea rows={4} placeholder="Write something, then let the session end." />
      </label>
    </section>
  );
}
