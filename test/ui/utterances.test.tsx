import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { rolling } from '../../src/index.js';
import { renderWithSession, TestClock } from '../../src/testing/index.js';
import { SessionExpiryDialog } from '../../src/ui/index.js';

vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
afterEach(cleanup);

/** 14:32 in the time zone of the device, whichever that is. */
const signInAt = new Date(2026, 0, 1, 14, 32).getTime();
const idle = 15 * 60_000;

it('says exactly these texts in the two minutes of a warning and after "Stay"', async () => {
  const clock = new TestClock({ now: signInAt });
  const policy = rolling({ idle, warnBefore: '2m' });
  await renderWithSession(<SessionExpiryDialog />, { policy, clock });
  const utterances = recordUtterances(() => signInAt + idle - clock.now());
  await clock.advance('13m');
  for (let second = 0; second < 110; second++) await clock.advance('1s');
  fireEvent.click(screen.getByRole('button', { name: 'Stay signed in' }));
  await clock.advance('15s');
  expect(utterances).toEqual([
    '2:00 alertdialog "Your session is about to end": You will be signed out at 2:47 PM. Stay signed in to carry on where you are.',
    '1:59 status: Your session ends in 2 minutes.',
    '1:00 status: Your session ends in 1 minute.',
    '0:40 alert: Your session ends in 40 seconds.',
    '0:20 alert: Your session ends in 20 seconds.',
    '0:10 status: Staying signed in…',
    '0:10 status: Signed in until 3:01 PM.',
  ]);
});

it('says a round time when a warning opens late, after a sleep', async () => {
  const clock = new TestClock({ now: signInAt });
  const policy = rolling({ idle, warnBefore: '2m' });
  await renderWithSession(<SessionExpiryDialog />, { policy, clock });
  const utterances = recordUtterances(() => signInAt + idle - clock.now());
  await clock.sleep(idle - 97_500);
  await clock.advance('2s');
  expect(utterances.at(-1)).toMatch(/^1:3\d status: Your session ends in 100 seconds\.$/);
});

/**
 * Records what a screen reader says, with the time that is `left` (ms): the name and the description of a dialog that
 * opens, and the texts that change in live regions.
 */
function recordUtterances(left: () => number): string[] {
  const utterances: string[] = [];
  const texts = new Map<Element, string>();
  const say = (by: string, text: string): void => {
    const seconds = Math.floor(left() / 1_000);
    const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
    utterances.push(`${time} ${by}: ${text.replace(/\s/g, ' ')}`);
  };
  const sayChanges = (): void => {
    for (const element of document.querySelectorAll('[role="status"], [role="alert"], dialog')) {
      const isDialog = element.localName === 'dialog';
      const text = isDialog ? referencedText(element, 'aria-describedby') : element.textContent;
      const name = isDialog ? ` "${referencedText(element, 'aria-labelledby')}"` : '';
      if (text && texts.get(element) !== text) say(`${element.getAttribute('role')}${name}`, text);
      texts.set(element, text);
    }
  };
  new MutationObserver(sayChanges).observe(document.body, {
    subtree: true,
    childList: true,
    characterData: true,
  });
  return utterances;
}

function referencedText(element: Element, attribute: string): string {
  return document.getElementById(element.getAttribute(attribute) ?? '')?.textContent ?? '';
}
