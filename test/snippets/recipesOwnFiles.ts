import type { AppFiles } from './recipesApp.ts';

/** The reader's files, beside those of docs/recipes-connections.md. */
export const ownFiles: AppFiles = {
  'src/api.ts': `
    import { createSessionClient, rolling } from 'session-clock';
    const ask = async ({ fetch }, path, init) => (await fetch(path, init)).json();
    const source = {
      name: 'recipes',
      async getSession({ fetch }) {
        const response = await fetch('/api/me');
        return response.status === 401 ? null : { user: await response.json() };
      },
      async getAccessToken(_request, context) {
        const { token } = await ask(context, '/api/token');
        return { value: token, expiresAt: context.now() + 600_000 };
      },
      login: (_request, context) => ask(context, '/api/login', { method: 'POST' }),
    };
    const client = createSessionClient({ source, policy: rolling({ idle: '30m' }) });
    window.reports = 0;
    const reportActivity = () => void window.reports++;
    const counting = { ...client, reportActivity };
    export { counting as client };
    window.client = counting;`,
  'src/main.tsx': `
    import { useState } from 'react';
    import { createRoot } from 'react-dom/client';
    import { SessionProvider } from 'session-clock';
    import { answerWorker } from './answerWorker';
    import { client } from './api';
    import { EditorFrame } from './EditorFrame';
    import { useServerEvents } from './useServerEvents';
    function Events() {
      const [messages, setMessages] = useState([]);
      const [add] = useState(() => (message) => setMessages((before) => [...before, message]));
      useServerEvents('/api/events', add);
      return <output>{messages.length}</output>;
    }
    answerWorker();
    navigator.serviceWorker.register('/sw.js');
    createRoot(document.getElementById('root')).render(
      <SessionProvider client={client}><Events /><EditorFrame /></SessionProvider>,
    );`,
};
