import { cookieSession } from '../../../../src/sources/cookie-session.js';
import { startDriven } from './driven';

const source = cookieSession({
  me: '/api/me',
  readSession: ({ sub, startedAt, endsAt }) => ({
    user: { sub: String(sub) },
    startedAt: Number(startedAt),
    expiresAt: Number(endsAt),
  }),
  extend: '/api/keep-alive',
  login: { page: '/login', popupReturn: '/signed-in' },
  logout: '/logout',
  csrf: { header: 'X-CSRFToken', cookie: 'csrftoken' },
});
startDriven(source, async () => (await fetch('/api/me')).ok);
