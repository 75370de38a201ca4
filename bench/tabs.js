// @ts-check
import { driveExpiries } from './expiries.js';

// Both in one run, for a fair comparison: the same tabs, the same provider, the same calls.
for (const alone of [false, true]) {
  const { outcomes, counts } = await driveExpiries({ alone });
  const name = alone ? 'oidc-client-ts alone' : 'oidc-client-ts with session-clock';
  console.log(`\n${name}: 10 tabs × 100 callers, 20 expiries`);
  console.log('  calls, by outcome  ', JSON.stringify(outcomes));
  console.log('  refresh grants     ', counts.refreshes);
  console.log('  refused refreshes  ', counts.refusedRefreshes);
  console.log('  reused tokens      ', counts.reusedRefreshTokens);
}
