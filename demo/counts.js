// @ts-check

/**
 * Counts the grants and refusals of the provider.
 * @param {import('oidc-provider').default} provider
 */
export function countGrants(provider) {
  const counts = emptyCounts();
  provider.on('grant.success', (ctx) => {
    if (ctx.oidc.params?.['grant_type'] === 'refresh_token') counts.refreshes++;
    else counts.signIns++;
  });
  provider.on('grant.error', (ctx, error) => {
    if (ctx.oidc.params?.['grant_type'] !== 'refresh_token') return;
    counts.refusedRefreshes++;
    if (/already used/.test(error.error_detail ?? '')) counts.reusedRefreshTokens++;
  });
  provider.on('grant.revoked', () => {
    counts.revocations++;
  });
  return {
    read: () => ({ ...counts }),
    reset: () => void Object.assign(counts, emptyCounts()),
  };
}

function emptyCounts() {
  return { signIns: 0, refreshes: 0, refusedRefreshes: 0, reusedRefreshTokens: 0, revocations: 0 };
}
