import { cleanup, fireEvent, screen } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { absolute, rolling } from '../../src/index.js';
import { renderWithSession, TestClock } from '../../src/testing/index.js';
import {
  type ExpiryPrompt,
  type ExtendableWarning,
  en,
  SessionMessages,
} from '../../src/ui/index.js';
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
let renders = 0;

function Page(): ReactNode {
  return (
    <OwnWarning
      onRender={(current) => {
        prompt = current;
        renders++;
      }}
    />
  );
}

describe('usePromptTexts()', () => {
  it('says when the session ends, on the clock of the device', async () => {
    const { clock } = await renderWithSession(<Page />, { policy });
    await clock.advance('13m');
    const time = timeOf(clock.now() + 120_000);
    shownText(`You will be signed out at ${time}. Stay signed in to carry on where you are.`);
  });

  it('announces the remaining time on opening, at 2 min, 1 min, 40 s and 20 s, and re-renders only then', async () => {
    const { clock } = await renderWithSession(<Page />, {
      policy: rolling({ idle: '15m', warnBefore: '150s' }),
      clock: new TestClock({ now: Date.UTC(2030, 0, 1) }),
    });
    await clock.advance('750s');
    const spoken = new Map<string, number>();
    renders = 0;
    for (let second = 0; second < 149; second++) {
      const { polite, urgent } = (prompt as ExtendableWarning).announcement;
      const text = polite + urgent;
      if (!spoken.has(text)) spoken.set(text, second);
      await clock.advance('1s');
    }
    expect([...spoken]).toEqual([
      ['', 0],
      ['Your session ends in 2 minutes.', 1],
      ['Your session ends in 1 minute.', 90],
      ['Your session ends in 40 seconds.', 110],
      ['Your session ends in 20 seconds.', 130],
    ]);
    expect(prompt).toMatchObject({ announcement: { polite: '' } });
    expect(renders).toBeLessThan(10);
  });

  it('leaves a reminder after "Not now", announces it and the remaining time, and opens again', async () => {
    const { clock } = await renderWithSession(<Page />, {
      policy: absolute({ lifetime: '15m' }),
    });
    await clock.advance('13m');
    await clock.advance('2s');
    expect(prompt).toMatchObject({ canExtend: false, isTooLate: false });
    press('Later');
    const text = `You will be signed out at ${timeOf(clock.now() + 118_000)}. Sign in again`;
    expect(prompt).toMatchObject({ kind: 'reminder', text, announcement: { polite: text } });
    await clock.advance('1m');
    expect(prompt).toMatchObject({ announcement: { polite: 'Your session ends in 1 minute.' } });
    press(/^You will be signed out at .* Sign in again$/);
    expect(prompt.kind).toBe('warning');
    press('Sign in');
    await clock.advance('1s');
    expect(prompt.kind).toBe('extended');
  });

  it('uses the texts of SessionMessages', async () => {
    const messages = { ...en, expiry: { ...en.expiry, title: 'Still there?' } };
    const page = (
      <SessionMessages messages={messages}>
        <Page />
      </SessionMessages>
    );
    const { clock } = await renderWithSession(page, { policy });
    await clock.advance('13m');
    expect(prompt).toMatchObject({ title: 'Still there?' });
  });
});
