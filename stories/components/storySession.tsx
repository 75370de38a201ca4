import type { ReactNode } from 'react';
import {
  createSessionClient,
  rolling,
  type Session,
  type SessionClient,
  SessionError,
  SessionProvider,
  type SessionSource,
} from 'session-clock';

const ada = { sub: 'ada', name: 'Ada Lovelace', email: 'ada@example.org' };

export interface StoryOptions {
  /** How long the session lasts from now on (s). Default: half an hour. */
  left?: number;
  /** Default: somebody. `null`: nobody. `'unsure'`: no answer ever comes. */
  user?: Session['user'] | null | 'unsure';
  /** What the server does when it is asked to extend. Without it, the end does not move. */
  extend?: () => Promise<void>;
  /** What the source does when the person signs out. Default: it does. */
  logout?: () => Promise<void>;
  /** What the source does when a token is asked for. Default: it gives one. */
  token?: () => Promise<void>;
}

/** A client over a source that lives in the story, and what it was asked. */
export interface StorySession {
  client: SessionClient;
  asked: { extend: number; login: number; logout: number };
}

/** For `loaders`: a client of its own for each showing of a story. */
export function storySession(options: StoryOptions = {}): () => { story: StorySession } {
  return () => ({ story: createStorySession(options) });
}

function createStorySession({
  left = 1_800,
  user = ada,
  extend,
  logout,
  token,
}: StoryOptions): StorySession {
  const asked = { extend: 0, login: 0, logout: 0 };
  const session = (seconds: number): Session => ({
    user: user as Session['user'],
    startedAt: Date.now() - 3_600_000,
    expiresAt: Date.now() + seconds * 1_000,
  });
  const source: SessionSource = {
    name: 'a story',
    async getSession() {
      if (user === 'unsure') return new Promise(() => {});
      return user && session(left);
    },
    async getAccessToken() {
      await token?.();
      return { value: crypto.randomUUID(), expiresAt: Date.now() + 300_000 };
    },
    async login() {
      asked.login++;
      left = 1_800;
    },
    async logout() {
      asked.logout++;
      await logout?.();
    },
    ...(extend && {
      async extend() {
        asked.extend++;
        await extend();
        return session(1_800);
      },
    }),
  };
  const policy = rolling({ idle: '30m' });
  // A name of its own: stories that are open in several tabs have nothing to do with each other.
  return { asked, client: createSessionClient({ source, policy, name: crypto.randomUUID() }) };
}

/** The page around a component: something to come back to. */
export function StoryPage(props: { story: unknown; children: ReactNode }): ReactNode {
  const { client } = props.story as StorySession;
  return (
    <SessionProvider key={client.name} client={client}>
      <main className="story-page">
        <label>
          Your note <input name="note" />
        </label>
        {props.children}
      </main>
    </SessionProvider>
  );
}

/** The server is not doing well. */
export function fails(): Promise<never> {
  return Promise.reject(new SessionError('ERR_SERVER', 'It answered with HTTP 503.'));
}
