import {
  createSessionClient,
  hybrid,
  type LoginRequest,
  type SessionClient,
  type SessionSource,
} from 'session-clock';

/** What the test reads and controls. */
export interface DrivenPage {
  client: SessionClient;
  /** The statuses since the page was loaded, without repetitions. */
  statuses: string[];
  /** The access tokens since the page was loaded. */
  tokens: Set<string>;
  login: LoginRequest;
  /** Whether the SDK, or the server's cookie, still has a user. */
  hasUser(): Promise<boolean>;
}

declare global {
  interface Window {
    driven: DrivenPage;
    settings: Record<string, string>;
  }
}

/** Starts a session client for `source`, with one button for each action of the user. */
export function startDriven(source: SessionSource, hasUser: () => Promise<boolean>): void {
  const client = createSessionClient({
    source,
    policy: hybrid({ idle: '1h' }),
    checkSession: { every: '1s' },
  });
  const driven: DrivenPage = { client, statuses: [], tokens: new Set(), login: {}, hasUser };
  window.driven = driven;
  const record = (): void => {
    const { status } = client.getSnapshot();
    const token = client.peekAccessToken();
    if (token) driven.tokens.add(token);
    if (status !== driven.statuses.at(-1)) driven.statuses.push(status);
  };
  client.subscribe(record);
  client.start();
  client.retainAccessToken();
  record();
  addButton('Sign in', () => client.login(driven.login));
  addButton('Sign out', () => client.logout({ returnTo: '/' }));
}

function addButton(text: string, action: () => Promise<unknown>): void {
  const button = document.createElement('button');
  button.textContent = text;
  button.onclick = () => void action().catch((error: unknown) => console.error(error));
  document.body.append(button);
}
