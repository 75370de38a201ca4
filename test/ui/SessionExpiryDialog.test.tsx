import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { absolute, rolling } from '../../src/index.js';
import { renderWithSession } from '../../src/testing/index.js';
import { SessionExpiryDialog } from '../../src/ui/index.js';
import { timeOf } from './timeOf.js';

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
const press = (name: string): boolean => fireEvent.click(screen.getByRole('button', { name }));

describe('SessionExpiryDialog', () => {
  it('shows and announces until when the user is signed in after "Stay"', async () => {
    const { clock } = await renderWithSession(<SessionExpiryDialog />, { policy });
    await clock.advance('13m');
    press('Stay signed in');
    await clock.advance('1s');
    expect(screen.queryByRole('alertdialog')).toBeNull();
    const until = timeOf(clock.now() - 1_000 + 900_000);
    expect(screen.getByRole('status').textContent).toBe(`Signed in until ${until}.`);
    await clock.advance('10s');
    expect(screen.queryByRole('status')).toBeNull();
  });

  it('leaves a visible and spoken reminder after "Not now", which opens it again and gets the focus', async () => {
    const { clock } = await renderWithSession(<SessionExpiryDialog />, {
      policy: absolute({ lifetime: '15m' }),
    });
    await clock.advance('13m');
    press('Not now');
    expect(screen.queryByRole('alertdialog')).toBeNull();
    const reminder = screen.getByRole('button', {
      name: /^You will be signed out at .*Sign in again$/,
    });
    expect(screen.getAllByRole('status')[0]?.textContent).toBe(reminder.textContent);
    fireEvent.click(reminder);
    screen.getByRole('alertdialog');
    press('Not now');
    expect(document.activeElement?.textContent).toBe(reminder.textContent);
    await clock.advance('70s');
    expect(screen.getAllByRole('status')[0]?.textContent).toMatch('1 minute');
    await clock.advance('50s');
    expect(screen.queryByRole('button', { name: /You will be signed out/ })).toBeNull();
  });

  it('stays while the source is asked after a sleep whether the session has ended', async () => {
    const { clock, source } = await renderWithSession(<SessionExpiryDialog />, { policy });
    source.hang('getSession');
    await clock.sleep('8h');
    expect(screen.getByRole('timer').textContent).toBe('0:00');
    source.recover();
    await clock.advance('1m');
    expect(screen.queryByRole('alertdialog')).toBeNull();
  });
});
