import { rolling } from 'session-clock';
import { cookieSession } from 'session-clock/sources/cookie-session';

export const source = cookieSession({
  me: '/api/me',
  readSession: ({ user, startedAt, idleEndsAt, endsAt }) => {
    const { id, name } = user as { id: number; name: string };
    return {
      user: { sub: String(id), name },
      startedAt: startedAt as number,
      idleExpiresAt: idleEndsAt as number,
      expiresAt: endsAt as number,
    };
  },
  extend: '/api/keep-alive',
  login: { page: '/login', popupReturn: '/signed-in' },
  logout: '/logout',
  csrf: { header: 'X-CSRF-Token', cookie: 'csrf' },
});

/** The durations of sessions.js. */
export const policy = rolling({ idle: '2m', lifetime: '15m' });
