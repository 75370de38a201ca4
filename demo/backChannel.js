// @ts-check

/**
 * The provider ends every session, as when a person signs out elsewhere, and tells the apps with a
 * server (OpenID Connect Back-Channel Logout 1.0).
 * @param {import('oidc-provider').default} provider
 * @param {import('./store.js').Store} store
 */
export async function endElsewhere(provider, store) {
  const sessions = store.find('Session', () => true);
  store.destroy((_payload, model) =>
    ['RefreshToken', 'Grant', 'AuthorizationCode', 'Session'].includes(model),
  );
  for (const { accountId, authorizations = {} } of sessions) {
    for (const [clientId, { sid }] of Object.entries(authorizations)) {
      // Its types leave this method out.
      const client = /** @type {any} */ (await provider.Client.find(clientId));
      if (client?.backchannelLogoutUri) await client.backchannelLogout(accountId, sid);
    }
  }
}
