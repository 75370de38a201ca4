import { expect, it } from 'vitest';
import { driveChaos } from '../../bench/chaos.js';

it('eight tabs in chaos lose no session, reuse no refresh token, and agree in the end', async () => {
  const { counts, endReasons, states } = await driveChaos({ seed: 7, tabs: 8, rotations: 25 });
  expect(counts.refreshes).toBeGreaterThanOrEqual(25);
  expect(counts.reusedRefreshTokens).toBe(0);
  expect(endReasons).toEqual([]);
  expect(states).toEqual([expect.objectContaining({ status: 'active' })]);
});
