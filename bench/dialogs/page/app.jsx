// @ts-nocheck The packages of this folder are installed by run.js, and not by `npm ci` of the repository.
import { useRef } from 'react';
import { createRoot } from 'react-dom/client';

/** Shows the app that all pages share, with the dialog to test. */
export function show(dialog) {
  createRoot(document.getElementById('app')).render(
    <>
      <App />
      {dialog}
    </>,
  );
}

/** A form with unsaved work, and a modal dialog of the app. */
function App() {
  const modal = useRef(null);
  return (
    <>
      <h1>Notes</h1>
      <label htmlFor="note">Note</label> <input id="note" />
      <button id="open-modal" type="button" onClick={() => modal.current.showModal()}>
        Rename
      </button>
      <dialog ref={modal} id="app-modal" aria-label="Rename">
        <label htmlFor="new-name">New name</label> <input id="new-name" />
      </dialog>
    </>
  );
}
