import type { UserManager } from 'oidc-client-ts';
import {
  createSessionClient,
  rolling,
  type SessionClient,
  SessionError,
  type SessionEvent,
  type Snapshot,
} from 'session-clock';
import { oidcClient } from 'session-clock/sources/oidc-client';
import { createUserManager } from './settings';

/** The functions of a tab that the drivers call. */
export interface Tab {
  client: SessionClient;
  events: SessionEvent[];
  /** Requests a token `count` times at `at` (epoch ms). Resolves with the number of calls by outcome. */
  callAt(at: number, count: number, alone?: boolean): Promise<Record<string, number>>;
  /** When the current token expires (epoch ms). */
  tokenExpiresAt(): Promise<number>;
  state(): Pick<Snapshot, 'status' | 'reason'> & { sub: string | undefined; token: string | null };
}

declare global {
  interface Window {
    tab: Tab;
    /** Sets the device's clock `ahead` of the true time (ms). */
    setClock: (ahead: number) => void;
    onSessionEnded: (reason: string) => void;
  }
}

const userManager = createUserManager();
const events: SessionEvent[] = [];
const client = createSessionClient({
  source: oidcClient(userManager),
  policy: rolling({ idle: '1h' }),
  onEvent: (event) => events.push(event),
});
client.start();
if (new URLSearchParams(location.search).has('retain')) client.retainAccessToken();

window.tab = {
  client,
  events,
  callAt: async (at, count, alone = false) => {
    await new Promise((resolve) => setTimeout(resolve, at - Date.now()));
    const call = alone ? () => getTokenBySdk(userManager) : () => client.getAccessToken();
    const calls = Array.from({ length: count }, () => call().then(() => 'token', errorName));
    const outcomes = await Promise.all(calls);
    return Object.fromEntries(
      [...new Set(outcomes)].map((name) => [name, outcomes.filter((each) => each === name).length]),
    );
  },
  tokenExpiresAt: async () => ((await userManager.getUser())?.expires_at ?? 0) * 1_000,
  state: () => {
    const { status, reason, session } = client.getSnapshot();
    return { status, reason, sub: session?.user.sub, token: client.peekAccessToken() };
  },
};

document.querySelector('#sign-in')?.addEventListener('click', () => {
  client.login().catch((error: unknown) => console.error(error));
});

/** As in the SDK's documentation: the stored user, or a silent sign-in if the user has expired. */
async function getTokenBySdk(manager: UserManager): Promise<string> {
  const user = await manager.getUser();
  if (user && !user.expired) return user.access_token;
  const refreshed = await manager.signinSilent();
  if (!refreshed) throw new Error('no user');
  return refreshed.access_token;
}

function errorName(error: unknown): string {
  return error instanceof SessionError ? error.code : (error as Error).message;
}
