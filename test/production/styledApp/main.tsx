import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { type Shown, type StartedApp, start } from './session.ts';

declare global {
  interface Window {
    /** Shows a part of the app with a new session. Resolves when the session is known. */
    show: (shown: Shown) => Promise<void>;
    current: StartedApp;
  }
}

const root = createRoot(document.querySelector('#root') as HTMLElement);

window.show = async (shown) => {
  window.current = start(shown);
  root.render(
    <App key={window.current.client.name} shown={shown} client={window.current.client} />,
  );
  await window.current.isKnown;
  if (shown.end) window.current.client.notifyRevoked();
};
