import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import type { ReactNode } from 'react';
import * as React from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import { absolute, hybrid, rolling } from '../../src/index.js';
import { renderWithSession, TestSource } from '../../src/testing/index.js';
import { en, ReloginDialog, SessionExpiryDialog } from '../../src/ui/index.js';
import { Tree } from './Tree.js';

vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
afterEach(cleanup);

const press = (name: string): boolean => fireEvent.click(screen.getByRole('button', { name }));

it('a sign-in that the user has given up does not fail the next one', async () => {
  const source = new TestSource();
  const failures: ((error: Error) => void)[] = [];
  source.login = () => new Promise<void>((_, reject) => failures.push(reject));
  const policy = hybrid({ idle: '15m' });
  const { client, clock } = await renderWithSession(<ReloginDialog />, { policy, source });
  await act(async () => client.notifyRevoked());
  press('Sign in again');
  await clock.advance('5s');
  press('Not now');
  press('Session ended. Sign in again');
  press('Sign in again');
  const [first, second] = failures;
  await act(async () => first?.(new Error('The window was closed.')));
  screen.getByRole('button', { name: 'Signing in…' });
  expect(document.querySelector('.sc-failure')).toBeNull();
  await act(async () => second?.(new Error('The window was closed.')));
  expect(document.querySelector('.sc-failure')).toBeTruthy();
});

it('a failed answer does not announce again how much time was left before it', async () => {
  const source = new TestSource({ sessionLifetime: '15m' });
  const policy = rolling({ idle: '15m' });
  const { clock } = await renderWithSession(<SessionExpiryDialog />, { policy, source });
  const announced = (): string[] =>
    [...document.querySelectorAll('.sc-dialog > [role]')].map((each) => each.textContent ?? '');
  await clock.advance('13m');
  await clock.advance('2s');
  expect(announced()).toEqual(['Your session ends in 2 minutes.', '']);
  source.hang('extend');
  press('Stay signed in');
  await clock.advance('10s');
  expect(announced()).toEqual(['Staying signed in…', '']);
  source.fail('ERR_NETWORK', 'extend');
  await clock.advance(0);
  expect(announced()).toEqual(['', '', en.failure.ERR_NETWORK]);
  await clock.advance('50s');
  expect(announced()).toEqual(['Your session ends in 1 minute.', '', en.failure.ERR_NETWORK]);
});

// React 18 unmounts what `<Tree>` hides in place of `<Activity>`.
const ways = ['hidden by <Suspense>', 'hidden by <Activity>'] as const;

it.each('Activity' in React ? ways : ways.slice(0, 1))(
  'after "Not now", the warning does not open again when its tree was %s',
  async (how) => {
    const page = (isShown: boolean): ReactNode => (
      <Tree how={how} isShown={isShown}>
        <SessionExpiryDialog />
      </Tree>
    );
    const policy = absolute({ lifetime: '15m' });
    const { clock, rerender } = await renderWithSession(page(true), { policy });
    await clock.advance('13m');
    press('Not now');
    for (const isShown of [false, true]) {
      await act(async () => rerender(page(isShown)));
      await clock.advance('1s');
    }
    screen.getByRole('button', { name: /Sign in again$/ });
    expect(screen.queryByRole('alertdialog')).toBeNull();
  },
);
