import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { type ReactNode, StrictMode } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hybrid, rolling } from '../../src/index.js';
import { renderWithSession, TestSource } from '../../src/testing/index.js';
import { type ExpiryPrompt, en, SessionExpiryDialog } from '../../src/ui/index.js';
import { OwnWarning } from './OwnWarning.js';
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
const press = (name: string | RegExp): boolean =>
  fireEvent.click(screen.getByRole('button', { name }));
const shownText = (text: string): void => expect(document.body.textContent).toContain(text);

let prompt: ExpiryPrompt;

function Page(): ReactNode {
  return (
    <OwnWarning
      onRender={(current) => {
        prompt = current;
      }}
    />
  );
}

describe('useExpiryPrompt()', () => {
  it('signs out without an extension when the user presses "Sign out" in a dialog of their own', async () => {
    const { clock, source } = await renderWithSession(<Page />, { policy });
    await clock.advance('13m');
    const leave = screen.getByRole('button', { name: 'Leave' });
    fireEvent.pointerDown(leave);
    fireEvent.keyDown(leave, { key: 'Tab' });
    await clock.advance('1s');
    expect(prompt.kind).toBe('warning');
    fireEvent.click(leave);
    await clock.advance('1s');
    expect(source.requestCounts).toMatchObject({ extend: 0, logout: 1 });
    expect(prompt.kind).toBe('hidden');
  });

  it('ignores "Stay" while a sign-out is pending', async () => {
    const source = new TestSource();
    source.hang('logout');
    const { clock } = await renderWithSession(<Page />, { policy, source });
    await clock.advance('13m');
    press('Leave');
    press('Stay');
    await clock.advance('1s');
    expect(source.requestCounts.extend).toBe(0);
    expect(prompt).toMatchObject({ pending: 'sign-out' });
  });

  it('shows the pending state, then until when the user is signed in, then nothing', async () => {
    const { clock, source } = await renderWithSession(<Page />, { policy });
    await clock.advance('13m');
    source.hang('extend');
    press('Stay');
    await clock.advance(0);
    expect(prompt).toMatchObject({
      pending: 'stay',
      announcement: { polite: 'Staying signed in…' },
    });
    source.recover('extend');
    await clock.advance(0);
    expect(prompt).toMatchObject({ kind: 'extended', endsAt: clock.now() + 900_000 });
    shownText(`Signed in until ${timeOf(clock.now() + 900_000)}.`);
    await clock.advance('11s');
    expect(prompt.kind).toBe('hidden');
  });

  it('says why "Stay" failed and keeps the warning, and forgets it afterwards', async () => {
    const { clock, source } = await renderWithSession(<Page />, { policy });
    await clock.advance('13m');
    source.fail('ERR_SERVER', 'extend');
    press('Stay');
    await clock.advance(0);
    expect(screen.getByTestId('failure').textContent).toBe(en.failure.ERR_SERVER);
    source.recover();
    press('Stay');
    await clock.advance('13m');
    expect(prompt).toMatchObject({ kind: 'warning', failure: null });
  });

  it.each([
    ['warnBefore: 20s', rolling({ idle: '15m', warnBefore: '20s' }), 881_500],
    ['idle: 40s', rolling({ idle: '40s' }), 21_500],
    ['idle: 30s', rolling({ idle: '30s' }), 16_000],
    ['idle: 40s, lifetime', hybrid({ idle: '40s', lifetime: '8h' }), 21_500],
  ])('offers to stay with %s, also if it opens late', async (_name, shortPolicy, at) => {
    // The timers of a hidden page fire up to a second late.
    const { clock, rerender } = await renderWithSession(null, { policy: shortPolicy });
    await clock.advance(at);
    await act(async () => rerender(<SessionExpiryDialog />));
    screen.getByRole('button', { name: 'Stay signed in' });
  });

  it('says that it is too late if the page is opened with less than 20 s left', async () => {
    const { clock, rerender } = await renderWithSession(null, { policy });
    await clock.advance('885s');
    await act(async () => rerender(<Page />));
    expect(prompt).toMatchObject({ kind: 'warning', canExtend: false, isTooLate: true });
  });

  it('says that it is too late if the device wakes up with less than 20 s left', async () => {
    const { clock } = await renderWithSession(<Page />, { policy });
    await clock.advance('13m');
    await clock.sleep('110s');
    expect(prompt).toMatchObject({ kind: 'warning', canExtend: false, isTooLate: true });
  });

  it('is hidden while another dialog of its kind asks', async () => {
    const page = (
      <StrictMode>
        <SessionExpiryDialog />
        <Page />
      </StrictMode>
    );
    const { clock, rerender } = await renderWithSession(page, { policy });
    await clock.advance('13m');
    expect(prompt.kind).toBe('hidden');
    await act(async () =>
      rerender(
        <StrictMode>
          <Page />
        </StrictMode>,
      ),
    );
    expect(prompt.kind).toBe('warning');
  });
});
