import { createSessionClient, rolling, type SessionClient, type SessionEvent } from 'session-clock';
import { memorySource } from './memorySource';

declare global {
  interface Window {
    embedded: {
      client: SessionClient;
      events: SessionEvent[];
      /** Calls the API with a token for `audience`. Resolves with the status of its answer. */
      callApi(audience: string): Promise<number>;
    };
  }
}

const events: SessionEvent[] = [];
const client = createSessionClient({
  source: memorySource(),
  policy: rolling({ idle: '1h' }),
  onEvent: (event) => events.push(event),
});
client.start();

window.embedded = {
  client,
  events,
  callApi: async (audience) => {
    const token = await client.getAccessToken({ audience });
    const response = await fetch(`/api/notes?audience=${audience}`, {
      headers: { Authorization: `Bearer ${token}` },
    });
    return response.status;
  },
};
