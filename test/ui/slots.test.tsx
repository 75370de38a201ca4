import { cleanup, fireEvent, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import type { ReactNode } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import { rolling } from '../../src/index.js';
import { renderWithSession, TestSource } from '../../src/testing/index.js';
import { SessionExpiryDialog } from '../../src/ui/index.js';

vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
afterEach(cleanup);

async function warn(page: ReactNode): Promise<{ settle: () => Promise<number> }> {
  const source = new TestSource({ sessionLifetime: '15m' });
  const { clock } = await renderWithSession(page, { policy: rolling({ idle: '15m' }), source });
  await clock.advance('13m');
  return {
    /** Returns how often the session was extended. */
    async settle() {
      await clock.advance('1s');
      return source.requestCounts.extend;
    },
  };
}

it.each([false, null, '', () => undefined])('leaves no space for a slot of %j', async (nothing) => {
  await warn(<SessionExpiryDialog icon={nothing} footer={nothing} />);
  screen.getByRole('alertdialog');
  expect(document.querySelector('.sc-sign, .sc-footer')).toBeNull();
});

const slots = ['actions', 'footer'] as const;

/** As one of React Aria, which ignores a click without the events before it. */
function PressButton({ onPress }: { onPress: () => void }): ReactNode {
  return (
    <button type="button" onPointerDown={onPress} onKeyDown={onPress}>
      Mine
    </button>
  );
}

it.each(slots)('a button that needs more than clicks works in the slot "%s"', async (slot) => {
  const onPress = vi.fn();
  await warn(<SessionExpiryDialog {...{ [slot]: <PressButton onPress={onPress} /> }} />);
  const button = screen.getByRole('button', { name: 'Mine' });
  await userEvent.click(button);
  expect(onPress).toHaveBeenCalledTimes(1);
  await userEvent.type(button, '{Enter}', { skipClick: true });
  expect(onPress).toHaveBeenCalledTimes(2);
});

it('a modal of the app beneath receives no press of a slot, and the standard buttons keep theirs', async () => {
  const onPointerDown = vi.fn();
  document.addEventListener('pointerdown', onPointerDown);
  const page = (isModalOpen: boolean): ReactNode => (
    <>
      {isModalOpen && <div role="dialog" aria-label="Own" />}
      <SessionExpiryDialog footer={<button type="button">Mine</button>} />
    </>
  );
  await warn(page(true));
  fireEvent.pointerDown(screen.getByText('Mine'));
  cleanup();
  await warn(page(false));
  fireEvent.pointerDown(screen.getByText('Sign out'));
  expect(onPointerDown).not.toHaveBeenCalled();
  fireEvent.pointerDown(screen.getByText('Mine'));
  expect(onPointerDown).toHaveBeenCalledOnce();
  document.removeEventListener('pointerdown', onPointerDown);
});

const inSlot = [
  ['a file field', <input key="file" type="file" aria-label="Inside" />, 'cancel'],
  [
    'a dialog',
    <dialog key="dialog" open>
      <input aria-label="Inside" />
    </dialog>,
    'Escape',
  ],
] as const;

it.each(inSlot)('closing %s in a slot is no answer', async (_name, content, how) => {
  const { settle } = await warn(<SessionExpiryDialog footer={content} />);
  const inside = screen.getByLabelText('Inside');
  if (how === 'Escape') fireEvent.keyDown(inside, { key: how });
  else fireEvent(inside, new Event(how, { bubbles: true, cancelable: true }));
  expect(await settle()).toBe(0);
  screen.getByRole('alertdialog');
});
