// @ts-check
import { buildExample } from '../examples/nextjs-auth0/serve.js';
import { driveNextjs } from './nextjs.js';

buildExample();
// Both in one run, for a fair comparison: the same app, the same tabs, the same calls.
for (const alone of [false, true]) {
  const { outcomes, refusals, counts } = await driveNextjs({ rounds: 40, alone });
  const name = alone ? 'nextjs-auth0 alone' : 'nextjs-auth0 with session-clock';
  console.log(`\n${name}: 10 tabs × 10 callers, 40 expiries`);
  console.log('  calls, by outcome  ', JSON.stringify(outcomes));
  console.log('  401 answers        ', refusals);
  console.log('  refresh grants     ', counts.refreshes);
  console.log('  refused refreshes  ', counts.refusedRefreshes);
}
