import type { Session, SessionSource } from 'session-clock';
import { customSource } from 'session-clock/sources/custom';
import { expectOk, readJson, readJsonOrNull } from 'session-clock/sources/helpers';
import { type UserId, userNames } from './server';

/** A source for the simulated server, as the guide "Write a source" describes it. */
export function createSource({ canExtend }: { canExtend: boolean }): SessionSource {
  return customSource({
    name: 'simulation',
    async getSession({ fetch, signal }) {
      return toSession(await readJsonOrNull(await fetch('/api/session', { signal })));
    },
    async getAccessToken(_request, { fetch, signal, now }) {
      const response = await fetch('/api/token', { method: 'POST', signal });
      const { token, expires_in } = await readJson(response);
      return { value: token as string, expiresAt: now() + (expires_in as number) * 1_000 };
    },
    async login({ params }, { fetch, signal }) {
      const body = params?.['user'] ?? null;
      await expectOk(await fetch('/api/login', { method: 'POST', body, signal }));
    },
    async logout(_request, { fetch, signal }) {
      await expectOk(await fetch('/api/logout', { method: 'POST', signal }));
    },
    async clear(_reason, { fetch, signal }) {
      await expectOk(await fetch('/api/logout', { method: 'POST', signal }));
    },
    ...(canExtend && {
      async extend({ fetch, signal }) {
        const response = await fetch('/api/extend', { method: 'POST', signal });
        return toSession(await readJsonOrNull(response));
      },
    }),
  });
}

function toSession(answer: Record<string, unknown> | null): Session | null {
  if (!answer) return null;
  const { sub, ...dates } = answer as { sub: UserId } & Omit<Session, 'user'>;
  return { user: { sub, name: userNames[sub] }, ...dates };
}
