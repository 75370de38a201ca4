import { Auth0Client } from '@auth0/auth0-spa-js';
import { createSessionClient, hybrid } from 'session-clock';
import { auth0Spa } from '../../../../src/sources/auth0-spa.js';

/** An app that gets a token for each call of its API: from the SDK alone, or from session-clock. */
export interface CallingPage {
  calls: number;
  /** The codes of the calls that failed. */
  failures: string[];
  isSignedIn(): Promise<boolean>;
  signIn(): Promise<unknown>;
  /** Only in this browser. */
  signOut(): Promise<unknown>;
}

declare global {
  interface Window {
    calling: CallingPage;
  }
}

const callEvery = 250;
const { domain = '', clientId = '', getTokensFrom } = window.settings;
const sdk = new Auth0Client({
  domain,
  clientId,
  useRefreshTokens: true,
  useRefreshTokensFallback: true,
  authorizationParams: { redirect_uri: location.origin },
});

/** As the documentation of the SDK shows it. */
async function startSdk(): Promise<() => Promise<unknown>> {
  await sdk.checkSession();
  window.calling = {
    calls: 0,
    failures: [],
    isSignedIn: () => sdk.isAuthenticated(),
    signIn: () => sdk.loginWithPopup(),
    signOut: () => sdk.logout({ openUrl: false }),
  };
  return () => sdk.getTokenSilently();
}

async function startSessionClock(): Promise<() => Promise<unknown>> {
  const client = createSessionClient({
    source: auth0Spa(sdk),
    policy: hybrid({ idle: '1h' }),
    refresh: { maxWait: 1 },
  });
  client.start();
  client.retainAccessToken();
  window.calling = {
    calls: 0,
    failures: [],
    isSignedIn: async () => client.getSnapshot().status === 'active',
    signIn: () => client.login({}),
    signOut: () => client.logout({ scope: 'here' }),
  };
  return () => client.getAccessToken({ onExpired: 'throw' });
}

const getToken = await (getTokensFrom === 'session-clock' ? startSessionClock() : startSdk());
setInterval(async () => {
  if (!(await window.calling.isSignedIn())) return;
  window.calling.calls++;
  await getToken().catch((error: { code?: string; error?: string; name: string }) => {
    window.calling.failures.push(error.code ?? error.error ?? error.name);
  });
}, callEvery);

const button = document.createElement('button');
button.textContent = 'Sign in';
button.onclick = () => void window.calling.signIn();
document.body.append(button);
