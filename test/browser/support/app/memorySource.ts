import type { SessionSource } from 'session-clock';
import { customSource } from 'session-clock/sources/custom';

interface Granted {
  accessToken: string;
  refreshToken: string;
  /** In s. */
  expiresIn: number;
}

/** A source by `fetch`, whose refresh token is in a variable of this page, and is used once. */
export function memorySource(): SessionSource {
  let refreshToken: string | null = null;

  async function post(path: string, body: object): Promise<Granted> {
    const response = await fetch(`/api/${path}`, { method: 'POST', body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`/api/${path} answered ${response.status}.`);
    return (await response.json()) as Granted;
  }

  return customSource({
    name: 'in-memory',
    getSession: async () => (refreshToken === null ? null : { user: { sub: 'ada' } }),
    login: async () => {
      refreshToken = (await post('sign-in', {})).refreshToken;
    },
    getAccessToken: async ({ audience }, { now }) => {
      const granted = await post('token', { refreshToken, audience });
      refreshToken = granted.refreshToken;
      return { value: granted.accessToken, expiresAt: now() + granted.expiresIn * 1_000 };
    },
    logout: async () => {
      refreshToken = null;
    },
  });
}
