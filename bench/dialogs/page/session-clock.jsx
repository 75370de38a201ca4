// @ts-nocheck
import { createSessionClient, rolling, SessionProvider } from 'session-clock';
import { ReloginDialog, SessionExpiryDialog } from 'session-clock/ui';
import 'session-clock/ui/styles.css';
import { show } from './app.jsx';

const client = createSessionClient({
  source: {
    name: 'my-server',
    getSession: async ({ fetch, signal }) => (await fetch('/session', { signal })).json(),
    extend: async ({ fetch, signal }) =>
      (await fetch('/keep-alive', { method: 'POST', signal })).json(),
    login: async () => {},
    logout: async () => location.assign('/signed-out'),
  },
  policy: rolling({ idle: '15m', warnBefore: '2m' }),
});

show(
  <SessionProvider client={client}>
    <SessionExpiryDialog />
    <ReloginDialog />
  </SessionProvider>,
);
