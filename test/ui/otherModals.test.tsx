import { cleanup, fireEvent, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { type ReactNode, useEffect, useState } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import { rolling } from '../../src/index.js';
import { renderWithSession } from '../../src/testing/index.js';
import { SessionExpiryDialog } from '../../src/ui/index.js';

vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
afterEach(cleanup);

/** The listeners of the modals of Radix (bubbling press, captured Escape) and of React Aria (captured press). */
function AppDialog({ usesCapture }: { usesCapture: boolean }): ReactNode {
  const [isOpen, setOpen] = useState(true);
  useEffect(() => {
    const close = (event: Event): void => {
      const isOutside = !(event.target as Element).closest('section');
      if ('key' in event ? event.key === 'Escape' : isOutside) setOpen(false);
    };
    for (const type of ['pointerdown', 'mousedown', 'focusin']) {
      document.addEventListener(type, close, usesCapture);
    }
    document.addEventListener('keydown', close, true);
    return () => {
      for (const type of ['pointerdown', 'mousedown', 'focusin']) {
        document.removeEventListener(type, close, usesCapture);
      }
      document.removeEventListener('keydown', close, true);
    };
  }, [usesCapture]);
  return (
    isOpen && (
      <section>
        <input aria-label="Draft" />
      </section>
    )
  );
}

it.each([
  ['the press', true, 'click'],
  ['the press', false, 'click'],
  ['the Escape key', true, 'escape'],
  ['the keyboard', true, 'enter'],
])(
  'an open dialog of the app keeps its form when the user answers with %s (captured: %s)',
  async (_name, usesCapture, how) => {
    const page = (
      <>
        <AppDialog usesCapture={usesCapture} />
        <SessionExpiryDialog />
      </>
    );
    const policy = rolling({ idle: '15m' });
    const { clock, source } = await renderWithSession(page, { policy });
    fireEvent.change(screen.getByLabelText('Draft'), { target: { value: 'half a sentence' } });
    await clock.advance('13m');
    const stay = screen.getByRole('button', { name: 'Stay signed in' });
    if (how === 'click') await userEvent.click(stay);
    else await userEvent.keyboard(how === 'escape' ? '{Escape}' : '{Enter}');
    await clock.advance('1s');
    expect(source.requestCounts.extend).toBe(1);
    expect(screen.queryByRole('alertdialog')).toBeNull();
    expect(screen.getByLabelText('Draft')).toHaveProperty('value', 'half a sentence');
  },
);
