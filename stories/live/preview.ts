import { createSessionClient, rolling, type Session, type SessionClient } from 'session-clock';
import { setNote } from './note';
import { resetProgress } from './progress';
import { recordEvent } from './session';

/** What the page needs when it is shown without the provider. */
export interface LivePreview {
  client: SessionClient;
}

/** Creates a client with an in-memory source, and empties the progress and the form. */
export function createPreview(): LivePreview {
  resetProgress();
  setNote('');
  let session: Session | null = null;
  const source = {
    name: 'a preview',
    getSession: async () => session,
    getAccessToken: async () => ({
      value: crypto.randomUUID(),
      expiresAt: Date.now() + 30_000,
    }),
    login: async () => {
      session = { user: { sub: 'ada', name: 'Ada Lovelace' } };
    },
    logout: async () => {
      session = null;
    },
    clear: async () => {
      session = null;
    },
    extend: async () => session,
  };
  const client = createSessionClient({
    source,
    policy: rolling({ idle: '30m' }),
    // A unique name keeps stories in several browser tabs independent of each other.
    name: crypto.randomUUID(),
    onEvent: recordEvent,
  });
  return { client };
}
