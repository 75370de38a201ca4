// @ts-check

/**
 * The provider ends every session, as when users sign out in another app, and notifies the apps that
 * have a server (OpenID Connect Back-Channel Logout 1.0).
 * @param {import('oidc-provider').default} provider
 * @param {import('./store.js').Store} store
 */
export async function endSessionsByBackChannel(provider, store) {
  const sessions = store.find('Session', () => true);
  store.destroy((_payload, model) =>
    ['RefreshToken', 'Grant', 'AuthorizationCode', 'Session'].includes(model),
  );
  for (const { accountId, authorizations = {} } of sessions) {
    for (const [clientId, { sid }] of Object.entries(authorizations)) {
      // The types of oidc-provider lack this method.
      const client = /** @type {any} */ (await provider.Client.find(clientId));
      if (client?.backchannelLogoutUri) await client.backchannelLogout(accountId, sid);
    }
  }
}
