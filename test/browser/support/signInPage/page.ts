import type { User, UserManager } from 'oidc-client-ts';
import {
  absolute,
  createSessionClient,
  hybrid,
  type LoginRequest,
  type LogoutRequest,
  rolling,
  type SessionClient,
  type SessionEvent,
} from 'session-clock';
import { createAuthFetch } from 'session-clock/fetch';
import { oidcClient } from 'session-clock/sources/oidc-client';
import { createUserManager, settings } from './settings';

/** What the page shows: its user, and the user of its token. */
export interface Shown {
  status: string;
  reason: string | null;
  user: string | undefined;
  tokenOf: string | undefined;
}

/** A call, the user that the page showed at that time, and the user of the token, or the error's code. */
export interface Call {
  user: string | undefined;
  answer: string;
}

export interface TestedPage {
  client: SessionClient;
  userManager: UserManager;
  events: SessionEvent[];
  /** Everything that the page has shown since it was loaded, without repetitions. */
  shown: Shown[];
  /** The calls that the page made at each of these changes, and how they ended. */
  calls: Call[];
  /** The SDK's requests that have no answer yet. */
  sdkRequests: number;
  /** The SDK's user. */
  stored(): Promise<User | null>;
  /** The user of a token, or the error's code. */
  tokenUser(options?: { forceRefresh: boolean }): Promise<string>;
  /** Prepares the sign-in or sign-out that a click starts. Its outcome: `'pending'`, `'done'` or the error's code. */
  request: { login: LoginRequest; logout: LogoutRequest };
  outcome: string;
}

declare global {
  interface Window {
    tested: TestedPage;
  }
}

const policies = {
  absolute: absolute({ lifetime: '8h' }),
  rolling: rolling({ idle: '1h' }),
  hybrid: hybrid({ idle: '1h' }),
};

const userManager = createUserManager();
const { restoreSession } = settings;
const events: SessionEvent[] = [];
const client = createSessionClient({
  source: oidcClient(userManager, { restoreSession }),
  policy: policies[settings.policy],
  refresh: { timeout: settings.timeout },
  onEvent: (event) => events.push(event),
});
const apiFetch = createAuthFetch(client, { origins: [settings.apiUrl] });

const tested: TestedPage = {
  client,
  userManager,
  events,
  shown: [],
  calls: [],
  sdkRequests: 0,
  stored: () => userManager.getUser(),
  tokenUser: (options) =>
    outcomeOf(client.getAccessToken({ ...options, onExpired: 'throw' }).then(userOf)),
  request: { login: {}, logout: {} },
  outcome: 'none',
};
window.tested = tested;

/** The user for whom the API answers, or the error's code. */
async function callApi(): Promise<string> {
  const response = await apiFetch(`${settings.apiUrl}/notes`);
  return response.ok ? ((await response.json()) as { for: string }).for : String(response.status);
}

function userOf(token: string | null): string {
  return (JSON.parse(atob(token?.split('.')[1] ?? btoa('{}'))) as { sub: string }).sub;
}

function outcomeOf(call: Promise<string | void>): Promise<string> {
  return call.then(
    (answer) => answer ?? 'done',
    (error: { code?: string; message: string }) => error.code ?? error.message,
  );
}

/** Records the change, and makes the calls that an app makes when it renders. */
function record(): void {
  const { status, reason, session } = client.getSnapshot();
  const token = client.peekAccessToken();
  const next = {
    status,
    reason,
    user: session?.user.sub,
    tokenOf: token ? userOf(token) : undefined,
  };
  if (JSON.stringify(next) === JSON.stringify(tested.shown.at(-1))) return;
  tested.shown.push(next);
  for (const answer of [tested.tokenUser(), outcomeOf(callApi())]) {
    const call: Call = { user: next.user, answer: 'pending' };
    tested.calls.push(call);
    void answer.then((text) => {
      call.answer = text;
    });
  }
}

const signinSilent = userManager.signinSilent.bind(userManager);
userManager.signinSilent = async (args) => {
  tested.sdkRequests++;
  try {
    return await signinSilent(args);
  } finally {
    tested.sdkRequests--;
  }
};

function onClick(id: string, action: () => Promise<void>): void {
  document.querySelector(id)?.addEventListener('click', async () => {
    tested.outcome = 'pending';
    tested.outcome = await outcomeOf(action());
  });
}
onClick('#sign-in', () => client.login(tested.request.login));
onClick('#sign-out', () => client.logout(tested.request.logout));

client.subscribe(record);
client.start();
client.retainAccessToken();
record();
