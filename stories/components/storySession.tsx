import type { ReactNode } from 'react';
import {
  createSessionClient,
  type Duration,
  rolling,
  type Session,
  type SessionClient,
  SessionError,
  SessionProvider,
  type SessionSource,
} from 'session-clock';
import './storyPage.css';

const ada = { sub: 'ada', name: 'Ada Lovelace', email: 'ada@example.org' };

export interface StoryOptions {
  /** The remaining time of the session (s). Default: half an hour. */
  left?: number;
  /** How long before the end the user is warned. Default: two minutes. */
  warnBefore?: Duration;
  /** Default: Ada. `null`: no session. `'pending'`: the source never answers. */
  user?: Session['user'] | null | 'pending';
  /** Runs when the session is extended; may fail. Default: the session cannot be extended. */
  extend?: () => Promise<void>;
  /** Runs when the user signs in; may fail. */
  login?: () => Promise<void>;
  /** Runs when the user signs out; may fail. */
  logout?: () => Promise<void>;
  /** Runs when a token is requested; may fail. */
  token?: () => Promise<void>;
}

/** A client with an in-memory source, and the number of requests to that source. */
export interface StorySession {
  client: SessionClient;
  requests: { extend: number; login: number; logout: number };
}

/** For `loaders`: creates a new client each time a story is rendered. */
export function storySession(options: StoryOptions = {}): () => { story: StorySession } {
  return () => ({ story: createStorySession(options) });
}

function createStorySession({
  left = 1_800,
  warnBefore = '2m',
  user = ada,
  extend,
  login,
  logout,
  token,
}: StoryOptions): StorySession {
  const requests = { extend: 0, login: 0, logout: 0 };
  const session = (seconds: number): Session => ({
    user: user as Session['user'],
    startedAt: Date.now() - 3_600_000,
    expiresAt: Date.now() + seconds * 1_000,
  });
  const source: SessionSource = {
    name: 'a story',
    async getSession() {
      if (user === 'pending') return new Promise(() => {});
      return user && session(left);
    },
    async getAccessToken() {
      await token?.();
      return { value: crypto.randomUUID(), expiresAt: Date.now() + 300_000 };
    },
    async login() {
      requests.login++;
      await login?.();
      user ??= ada;
      left = 1_800;
    },
    async logout() {
      requests.logout++;
      await logout?.();
    },
    ...(extend && {
      async extend() {
        requests.extend++;
        await extend();
        return session(1_800);
      },
    }),
  };
  // A shorter idle time would end the session before the end that the source states.
  const policy = rolling({ idle: Math.max(left, 1_800) * 1_000, warnBefore });
  // A unique name keeps stories in several browser tabs independent of each other.
  return { requests, client: createSessionClient({ source, policy, name: crypto.randomUUID() }) };
}

interface StoryPageProps {
  story: unknown;
  /** Shown in the bar at the top of the page. */
  bar?: ReactNode;
  children?: ReactNode;
}

/** A page of an app around the component, with a field to which the focus can return. */
export function StoryPage({ story, bar, children }: StoryPageProps): ReactNode {
  const { client } = story as StorySession;
  return (
    <SessionProvider key={client.name} client={client}>
      <main className="story-page">
        <div className="story-bar">
          <strong>Field notes</strong>
          {bar}
        </div>
        <h2>Saltmarsh, transect 4</h2>
        <p>Low tide at 14:10, wind from the north-west. 23 redshank, 4 curlew, 1 spoonbill.</p>
        <label>
          Your note <input name="note" />
        </label>
        {children}
      </main>
    </SessionProvider>
  );
}

/** The failure of a server. */
export function fails(): Promise<never> {
  return Promise.reject(new SessionError('ERR_SERVER', 'It answered with HTTP 503.'));
}
