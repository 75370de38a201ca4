// @ts-nocheck
import 'hmrc-frontend/hmrc/hmrc-frontend-7.27.0.min.css';
import HMRCFrontend from 'hmrc-frontend/hmrc/all.js';

// The same app as in app.jsx, without React.
document.getElementById('app').innerHTML = `
  <h1>Notes</h1>
  <label for="note">Note</label> <input id="note" />
  <button id="open-modal" type="button">Rename</button>
  <dialog id="app-modal" aria-label="Rename">
    <label for="new-name">New name</label> <input id="new-name" />
  </dialog>`;
document.getElementById('open-modal').addEventListener('click', () => {
  document.getElementById('app-modal').showModal();
});

HMRCFrontend.initAll();
