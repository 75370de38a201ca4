import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { rolling } from '../../src/index.js';
import { renderWithSession } from '../../src/testing/index.js';
import { SessionExpiryDialog } from '../../src/ui/index.js';
import { OwnWarning } from './OwnWarning.js';
import { Tree } from './Tree.js';

vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
const consoleError = vi.spyOn(console, 'error');
beforeEach(() => {
  consoleError.mockClear();
});
afterEach(() => {
  cleanup();
  expect(consoleError).not.toHaveBeenCalled();
});

const policy = rolling({ idle: '15m' });

describe.each([
  ['SessionExpiryDialog', <SessionExpiryDialog key="own" />, 'alertdialog'],
  ['a dialog of an app', <OwnWarning key="own" />, 'region'],
])('%s: what is no answer', (_name, dialog, role) => {
  it.each(['hidden by <Activity>', 'hidden by <Suspense>', 'unmounted'] as const)(
    'is asked again after its tree was %s, and the session was not extended by that',
    async (how) => {
      const page = (isShown: boolean): ReactNode => (
        <>
          <input aria-label="Note" />
          <Tree how={how} isShown={isShown}>
            {dialog}
          </Tree>
        </>
      );
      const { clock, rerender, source } = await renderWithSession(page(true), { policy });
      await clock.advance('13m');
      screen.getByRole(role);
      await act(async () => rerender(page(false)));
      await clock.advance('1s');
      expect(screen.queryByRole(role)).toBeNull();
      expect(document.querySelector('dialog[open]')).toBeNull();
      fireEvent.pointerDown(screen.getByLabelText('Note'));
      await clock.advance('10s');
      await act(async () => rerender(page(true)));
      await clock.advance('1s');
      screen.getByRole(role);
      expect(source.requestCounts.extend).toBe(0);
    },
  );
});

it('counts activity again when an unmounted warning has not come back after five minutes', async () => {
  const long = rolling({ idle: '1h', warnBefore: '20m' });
  const { clock, client, rerender } = await renderWithSession(<OwnWarning />, { policy: long });
  await clock.advance('41m');
  await act(async () => rerender(null));
  await clock.simulateActivity();
  await clock.advance('4m');
  expect(client.getSnapshot().status).toBe('expiring');
  await clock.advance('2m');
  await clock.simulateActivity();
  await clock.advance('1s');
  expect(client.getSnapshot().status).toBe('active');
});
