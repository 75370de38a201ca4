import { act, cleanup, fireEvent, screen, within } from '@testing-library/react';
import { SessionDevtools } from 'session-clock/devtools';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { rolling } from '../../src/index.js';
import { open } from '../react/page.js';

// Loaded before the first test, which does not wait for it then.
beforeAll(() => import('../../src/devtools/Panel.js'));
afterEach(() => {
  cleanup();
  vi.unstubAllEnvs();
});

it('shows both lifetimes and the events, and never a token', async () => {
  const page = await open(<SessionDevtools initialIsOpen />, { policy: rolling({ idle: '1h' }) });
  await act(() => page.client.getAccessToken());
  await page.advance(0);
  const session = within(screen.getByRole('region', { name: 'Session' }));
  const token = within(screen.getByRole('region', { name: 'Access token' }));
  expect(session.getByText('active')).toBeTruthy();
  expect(session.getByText(/\(idle\)/)).toBeTruthy();
  expect(token.getByText('fresh')).toBeTruthy();
  expect(screen.getByText('access-token-refreshed')).toBeTruthy();
  expect(document.documentElement.outerHTML).not.toContain('secret-');
});

it('shows how far the device’s clock is wrong', async () => {
  const page = await open(<SessionDevtools initialIsOpen />);
  vi.spyOn(Date, 'now').mockReturnValue(page.client.now() - 7_200_000);
  page.source.session = null;
  await act(() => page.client.logout());
  await page.advance(0);
  expect(screen.getByText('7200 s ahead of this device’s')).toBeTruthy();
  vi.restoreAllMocks();
});

it('sets no timer of its own while it is closed, and shows both statuses', async () => {
  const page = await open(<SessionDevtools />, { policy: rolling({ idle: '1h' }) });
  expect(page.env.timers.size).toBe(1);
  expect(screen.queryByRole('region')).toBeNull();
  expect(screen.getByText('session active · token none')).toBeTruthy();
});

it('logs at most 100 events, until they are cleared', async () => {
  const page = await open(<SessionDevtools initialIsOpen />);
  // Rendered once for all events, because this many renders take seconds on a busy machine.
  act(() => {
    for (let count = 0; count < 120; count++) {
      page.env.online = !page.env.online;
      page.env.resume();
    }
  });
  expect(screen.getAllByText('connection-changed').length).toBe(100);
  fireEvent.click(screen.getByRole('button', { name: 'Clear' }));
  expect(screen.queryByText('connection-changed')).toBeNull();
});

it('renders nothing in production, unless it is asked for', async () => {
  vi.stubEnv('NODE_ENV', 'production');
  const page = await open(<SessionDevtools />);
  expect(screen.queryByText('session-clock')).toBeNull();
  page.unmount();
  await open(<SessionDevtools inProduction />);
  expect(screen.getByText('session-clock')).toBeTruthy();
});
