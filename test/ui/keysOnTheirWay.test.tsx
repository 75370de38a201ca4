import { cleanup, fireEvent, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { rolling } from '../../src/index.js';
import { renderWithSession } from '../../src/testing/index.js';
import { SessionExpiryDialog } from '../../src/ui/index.js';
import { OwnWarning } from './OwnWarning.js';

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

describe('a key on its way', () => {
  const page = (
    <>
      <input aria-label="Note" />
      <SessionExpiryDialog />
    </>
  );

  it.each(['{Enter}', ' '])('presses no button: %j, while the user is typing', async (key) => {
    const { clock, source } = await renderWithSession(page, { policy });
    screen.getByLabelText('Note').focus();
    await clock.advance('13m');
    const dialog = screen.getByRole('alertdialog');
    expect(dialog.contains(document.activeElement)).toBe(true);
    await userEvent.keyboard(key);
    // Also where an app's own dialog has its focus on the button.
    screen.getByRole('button', { name: 'Stay signed in' }).focus();
    await userEvent.keyboard(key);
    await clock.advance('400ms');
    await userEvent.keyboard(key);
    await clock.advance('100ms');
    expect(source.requestCounts.extend).toBe(0);
    await clock.advance('2s');
    await userEvent.keyboard(key);
    await clock.advance('1s');
    expect(source.requestCounts.extend).toBe(1);
  });

  it('presses no button in a frame, while the user is typing in the page around it', async () => {
    const activeElement = document.createElement('input');
    vi.stubGlobal('frameElement', { ownerDocument: { activeElement } });
    const { clock, source } = await renderWithSession(page, { policy });
    await clock.advance('13m');
    for (const wait of ['400ms', '2s'] as const) {
      await userEvent.keyboard('{Enter}');
      await clock.advance(wait);
      screen.getByRole('button', { name: 'Stay signed in' }).focus();
      expect(source.requestCounts.extend).toBe(0);
    }
    await userEvent.keyboard('{Enter}');
    await clock.advance('1s');
    expect(source.requestCounts.extend).toBe(1);
    vi.stubGlobal('frameElement', null);
  });

  it('presses the button if the user was not typing', async () => {
    const { clock, source } = await renderWithSession(page, { policy });
    await clock.advance('13m');
    expect(document.activeElement?.textContent).toBe('Stay signed in');
    await userEvent.keyboard('{Enter}');
    await clock.advance('1s');
    expect(source.requestCounts.extend).toBe(1);
  });

  it('presses no button while it is held down', async () => {
    const { clock } = await renderWithSession(page, { policy });
    await clock.advance('13m');
    const repeated = fireEvent.keyDown(document.activeElement as Element, {
      key: 'Enter',
      repeat: true,
    });
    expect(repeated).toBe(false);
  });

  it('presses the button soon after another key was held down', async () => {
    const { clock, source } = await renderWithSession(page, { policy });
    await clock.advance('13m');
    fireEvent.keyDown(document.activeElement as Element, { key: 'ArrowDown', repeat: true });
    await userEvent.keyboard('{Enter}');
    await clock.advance('1s');
    expect(source.requestCounts.extend).toBe(1);
  });

  it('still reaches the field if the prompt is no modal dialog', async () => {
    const banner = (
      <>
        <input aria-label="Note" />
        <OwnWarning />
      </>
    );
    const { clock } = await renderWithSession(banner, { policy });
    const note = screen.getByLabelText('Note');
    note.focus();
    await clock.advance('13m');
    await userEvent.keyboard('half a sentence');
    expect(note).toHaveProperty('value', 'half a sentence');
  });
});
