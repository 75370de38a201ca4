import type { Auth0Client } from '@auth0/auth0-spa-js';
import { appOrigin } from './auth0SpaPage.ts';

/** Signs Ada in at the provider, as a browser does with a redirect, without a browser. */
export async function signInAda(client: Auth0Client): Promise<void> {
  let address = '';
  await client.loginWithRedirect({
    openUrl: (url) => {
      address = url;
    },
  });
  const cookies = new Map<string, string>();
  for (let step = 0; step < 10; step++) {
    if (address.startsWith(appOrigin)) {
      await client.handleRedirectCallback(address);
      return;
    }
    const response = await fetch(address, {
      redirect: 'manual',
      headers: { Cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(address.includes('/interaction/') && {
        method: 'POST',
        body: new URLSearchParams({ sub: 'ada' }),
      }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(name, value);
    }
    const next = response.headers.get('Location');
    if (!next) throw new Error(`${address} answered ${response.status}: ${await response.text()}`);
    address = new URL(next, address).href;
  }
  throw new Error('The sign-in has too many steps.');
}
