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

/** What a drive does with a tab. */
export interface Tab {
  client: SessionClient;
  events: SessionEvent[];
  /** Calls for a token so many times at `at` (epoch ms); what became of the calls, by outcome. */
  callAt(at: number, count: number, alone?: boolean): Promise<Record<string, number>>;
  /** When the token in hand is dead (epoch ms). */
  deadAt(): Promise<number>;
  state(): Pick<Snapshot, 'status' | 'reason'> & { sub: string | undefined; token: string | null };
}

declare global {
  interface Window {
    tab: Tab;
    /** Sets the clock of the device: ahead of the true time by so many ms. */
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
if (new URLSearchParams(location.search).has('hold')) client.retainAccessToken();

window.tab = {
  client,
  events,
  callAt: async (at, count, alone = false) => {
    await new Promise((resolve) => setTimeout(resolve, at - Date.now()));
    const call = alone ? () => tokenOf(userManager) : () => client.getAccessToken();
    const outcomes = await Promise.all(Array.from({ length: count }, () => call().then(good, bad)));
    return Object.fromEntries(
      [...new Set(outcomes)].map((name) => [name, outcomes.filter((each) => each === name).length]),
    );
  },
  deadAt: async () => ((await userManager.getUser())?.expires_at ?? 0) * 1_000,
  state: () => {
    const { status, reason, session } = client.getSnapshot();
    return { status, reason, sub: session?.user.sub, token: client.peekAccessToken() };
  },
};

document.querySelector('#sign-in')?.addEventListener('click', () => {
  client.login().catch((error: unknown) => console.error(error));
});

/** As its documentation has it: the stored user, or a silent sign-in where that has expired. */
async function tokenOf(manager: UserManager): Promise<string> {
  const user = await manager.getUser();
  if (user && !user.expired) return user.access_token;
  const renewed = await manager.signinSilent();
  if (!renewed) throw new Error('nobody');
  return renewed.access_token;
}

function good(): string {
  return 'token';
}

function bad(error: unknown): string {
  return error instanceof SessionError ? error.code : (error as Error).message;
}
