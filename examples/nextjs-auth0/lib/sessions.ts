import type { LogoutToken, SessionData, SessionDataStore } from '@auth0/nextjs-auth0/types';

type Listener = () => void;

interface SharedState {
  sessions: Map<string, SessionData>;
  listeners: Map<string, Set<Listener>>;
}

/** On `globalThis`, because Next.js loads this module once for the proxy and once for the routes. */
const { sessions, listeners } = ((
  globalThis as { exampleSessions?: SharedState }
).exampleSessions ??= {
  sessions: new Map(),
  listeners: new Map(),
});

/** Sessions on the server, so that the provider can end them. A real app keeps them in a database. */
export const store: SessionDataStore = {
  async get(id) {
    return sessions.get(id) ?? null;
  },
  async set(id, session) {
    sessions.set(id, session);
  },
  async delete(id) {
    sessions.delete(id);
  },
  async deleteByLogoutToken({ sid, sub }: LogoutToken) {
    for (const [id, session] of sessions) {
      if (sid ? session.internal.sid !== sid : session.user.sub !== sub) continue;
      sessions.delete(id);
      for (const listener of listeners.get(session.internal.sid) ?? []) listener();
    }
  },
};

/** Calls `listener` when the provider ends the session `sid`. Returns a function that unsubscribes. */
export function onSessionRevoked(sid: string, listener: Listener): () => void {
  const all = listeners.get(sid) ?? new Set();
  listeners.set(sid, all.add(listener));
  return () => {
    all.delete(listener);
    if (all.size === 0) listeners.delete(sid);
  };
}
