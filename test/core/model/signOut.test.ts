import { expect, it } from 'vitest';
import { derive } from '../../../src/core/model/derive.js';
import { initialState } from '../../../src/core/model/initialState.js';
import type { Input } from '../../../src/core/model/input.js';
import { update } from '../../../src/core/model/update.js';
import { ada, at, configOf } from './support.js';

it('a sign-out that fails keeps a rendered session, even if it was started before the other tabs had answered', () => {
  const config = configOf({ hasOtherTabs: true });
  const inputs: Input[] = [
    { type: 'started' },
    { type: 'act', kind: 'signing-out', id: 1 },
    { type: 'synced' },
    { type: 'act', kind: 'none', id: 1 },
  ];
  const state = inputs.reduce(
    (state, input, ms) => update(state, input, at(ms)),
    initialState(ada, at(0), config),
  );
  expect(derive(state)).toMatchObject({ status: 'active', session: ada });
});
