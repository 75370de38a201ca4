import { act, cleanup, screen } from '@testing-library/react';
import { type ReactNode, StrictMode } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import { rolling } from '../../src/index.js';
import { renderWithSession } from '../../src/testing/index.js';
import { ReloginDialog, SessionExpiryDialog } from '../../src/ui/index.js';

vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
afterEach(cleanup);

const dialogs = (): number => screen.queryAllByRole('alertdialog').length;

function Page({ hasFirst = true }: { hasFirst?: boolean }): ReactNode {
  return (
    <StrictMode>
      {hasFirst && (
        <>
          <SessionExpiryDialog />
          <ReloginDialog />
        </>
      )}
      <SessionExpiryDialog />
      <ReloginDialog />
    </StrictMode>
  );
}

it('of several mounted dialogs, for example of two micro frontends, one is shown', async () => {
  const policy = rolling({ idle: '10m', warnBefore: '2m' });
  const { clock, rerender } = await renderWithSession(<Page />, { policy });
  await clock.advance('9m');
  expect(dialogs()).toBe(1);
  rerender(<Page hasFirst={false} />);
  expect(dialogs()).toBe(1);
  await clock.advance('2m');
  expect(dialogs()).toBe(1);
  await act(async () => rerender(<Page />));
  expect(dialogs()).toBe(1);
});
