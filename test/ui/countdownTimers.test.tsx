import { act, cleanup, render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createSessionClient, rolling, SessionProvider } from '../../src/index.js';
import { TestSource } from '../../src/testing/index.js';
import { SessionCountdown } from '../../src/ui/index.js';

vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
const visibility = vi.spyOn(document, 'visibilityState', 'get');

beforeEach(() => {
  // The timers of the platform, not those of a `TestClock`: no component may set one of its own.
  vi.useFakeTimers({
    now: Date.UTC(2026, 0, 1),
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'],
  });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

it('sets one timer for 1,000 countdowns, and none while the tab is hidden', async () => {
  const client = createSessionClient({
    source: new TestSource(),
    policy: rolling({ idle: '15m' }),
  });
  const page = (children: ReactNode): ReactNode => (
    <SessionProvider client={client}>{children}</SessionProvider>
  );
  const { container, rerender } = render(page(null));
  await act(() => vi.advanceTimersByTimeAsync(0));
  const timersOfClient = vi.getTimerCount();
  rerender(page(Array.from({ length: 1_000 }, (_, index) => <SessionCountdown key={index} />)));
  const texts = (): Set<string | null> =>
    new Set([...container.children].map(({ textContent }) => textContent));

  await act(() => vi.advanceTimersByTimeAsync(1_000));
  expect([container.childElementCount, texts()]).toEqual([1_000, new Set(['14:59'])]);
  expect(vi.getTimerCount()).toBe(timersOfClient + 1);

  show('hidden');
  expect(vi.getTimerCount()).toBe(timersOfClient);
  await act(() => vi.advanceTimersByTimeAsync(60_000));
  expect(texts()).toEqual(new Set(['14:59']));
  expect(vi.getTimerCount()).toBe(timersOfClient);

  show('visible');
  expect(texts()).toEqual(new Set(['13:59']));
  await act(() => vi.advanceTimersByTimeAsync(1_000));
  expect(vi.getTimerCount()).toBe(timersOfClient + 1);
});

function show(state: DocumentVisibilityState): void {
  visibility.mockReturnValue(state);
  act(() => void document.dispatchEvent(new Event('visibilitychange', { bubbles: true })));
}
