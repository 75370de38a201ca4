import type { AccessToken, Session, SessionSource } from 'session-clock';

/** The app's own server: a cookie keeps the session. */
async function request<Answer>(path: string, init?: RequestInit): Promise<Answer> {
  const response = await fetch(`/api/${path}`, init);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.json() as Promise<Answer>;
}

/** The user whom the next `login()` signs in. */
export const nextUser: { name: 'ada' | 'grace' } = { name: 'ada' };

export const source: SessionSource = {
  name: 'notes',
  getSession: () => request<Session | null>('session'),
  getAccessToken: () => request<AccessToken>('token', { method: 'POST' }),
  login: () => request(`sign-in/${nextUser.name}`, { method: 'POST' }),
  logout: () => request('sign-out', { method: 'POST' }),
};
