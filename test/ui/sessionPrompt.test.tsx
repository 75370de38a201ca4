import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { type ReactNode, useEffect } from 'react';
import { renderToString } from 'react-dom/server';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { rolling } from '../../src/index.js';
import { renderWithSession } from '../../src/testing/index.js';
import {
  type ExpiryState,
  PromptAnnouncer,
  useExpiryPrompt,
  useSessionPrompt,
} from '../../src/ui/index.js';

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

/** One dialog for both, from a library that loses the focus when it closes. */
function Dialogs(): ReactNode {
  const prompt = useSessionPrompt();
  return (
    <>
      <input aria-label="Note" />
      <PromptAnnouncer prompt={prompt} />
      {'actions' in prompt && (
        <section aria-label={prompt.title}>
          {prompt.actions.map(({ text, press }) => (
            <button key={text} type="button" onClick={press}>
              {text}
            </button>
          ))}
        </section>
      )}
    </>
  );
}

const press = (name: string): boolean => fireEvent.click(screen.getByRole('button', { name }));

it('asks before the end, and for a sign-in after it, in one dialog', async () => {
  const { clock } = await renderWithSession(<Dialogs />, { policy });
  await clock.advance('13m');
  screen.getByRole('region', { name: 'Your session is about to end' });
  await clock.advance('3m');
  screen.getByRole('region', { name: 'Your session has ended' });
  press('Sign in again');
  await clock.advance('1s');
  expect(screen.queryByRole('region')).toBeNull();
  expect(screen.getByRole('status').textContent).toMatch(/^Signed in until/);
  await clock.advance('11s');
  expect(screen.getByRole('status').textContent).toBe('');
});

it('returns a focus that is lost when the dialog closes', async () => {
  const { clock } = await renderWithSession(<Dialogs />, { policy });
  const note = screen.getByLabelText('Note');
  note.focus();
  await clock.advance('13m');
  act(() => screen.getByRole('button', { name: 'Stay signed in' }).focus());
  press('Stay signed in');
  await clock.advance('1s');
  expect(document.activeElement).toBe(note);
});

it('leaves a focus alone that has moved elsewhere', async () => {
  const { clock } = await renderWithSession(<Dialogs />, { policy });
  await clock.advance('13m');
  press('Stay signed in');
  const note = screen.getByLabelText('Note');
  note.focus();
  await clock.advance('1s');
  expect(document.activeElement).toBe(note);
});

it('hides the live regions without a style sheet and without an attribute of the server', async () => {
  const prompt = { announcement: { polite: 'Soon', urgent: '' } };
  expect(renderToString(<PromptAnnouncer prompt={prompt} />)).not.toContain('style');
  await renderWithSession(<PromptAnnouncer prompt={prompt} />, { policy });
  expect(screen.getByRole('status').parentElement?.style.position).toBe('absolute');
});

it('has no texts in useExpiryPrompt(), but the code of a failure', async () => {
  let state: ExpiryState = { kind: 'hidden' };
  function Facts(): ReactNode {
    const current = useExpiryPrompt();
    useEffect(() => {
      state = current;
    });
    return null;
  }
  const { clock, source } = await renderWithSession(<Facts />, { policy });
  await clock.advance('13m');
  source.fail('ERR_SERVER', 'extend');
  await act(async () => {
    if (state.kind === 'warning' && state.canExtend) state.stay();
  });
  await clock.advance('1s');
  expect(state).toMatchObject({ kind: 'warning', failureCode: 'ERR_SERVER' });
  const texts = Object.values(state).filter((value) => typeof value === 'string');
  expect(texts).toEqual(['warning', 'ERR_SERVER']);
});
