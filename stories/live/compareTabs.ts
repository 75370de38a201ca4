import type { SessionClient } from 'session-clock';
import { observe } from './progress';

/** What a tab shows. It contains no token, only the expiry that identifies one. */
interface TabState {
  status: string;
  userId: string | null;
  tokenExpiresAt: number | null;
}

type Message = { type: 'request' } | { type: 'state'; state: TabState };

/** Compares this tab with the other tabs of the story. Returns a function that stops this. */
export function compareTabs(client: SessionClient): () => void {
  const channel = new BroadcastChannel(`live story ${client.name}`);
  const send = (message: Message): void => channel.postMessage(message);
  let published = '';
  let other: TabState | null = null;

  const compare = (): void => {
    const own = stateOf(client);
    if (other && isSame(own, other)) observe({ type: 'tabs-agree' });
  };
  const publish = (): void => {
    const state = stateOf(client);
    published = JSON.stringify(state);
    send({ type: 'state', state });
  };
  const update = (): void => {
    if (JSON.stringify(stateOf(client)) !== published) publish();
    compare();
  };

  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if (data.type === 'request') return publish();
    other = data.state;
    compare();
  };
  const unsubscribe = client.subscribe(update);
  send({ type: 'request' });
  update();
  return () => {
    unsubscribe();
    channel.close();
  };
}

function stateOf(client: SessionClient): TabState {
  const { status, session, accessToken } = client.getSnapshot();
  return { status, userId: session?.user.sub ?? null, tokenExpiresAt: accessToken.expiresAt };
}

/** Only a signed-in tab with a token proves that tabs share them. */
function isSame(own: TabState, other: TabState): boolean {
  return (
    own.status === 'active' &&
    own.status === other.status &&
    own.userId === other.userId &&
    own.tokenExpiresAt !== null &&
    own.tokenExpiresAt === other.tokenExpiresAt
  );
}
