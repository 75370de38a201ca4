import { act, cleanup, fireEvent, screen, within } from '@testing-library/react';
import { renderToString } from 'react-dom/server';
import { SessionDevtools } from 'session-clock/devtools';
import { afterEach, expect, it, vi } from 'vitest';
import { rolling, SessionProvider, type SessionSource } from '../../src/index.js';
import { open } from '../react/page.js';

afterEach(() => {
  cleanup();
  vi.unstubAllEnvs();
});

it('shows both clocks and what has happened, and never a token', async () => {
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

it('says by how much the device’s clock is wrong', async () => {
  const page = await open(<SessionDevtools initialIsOpen />);
  vi.spyOn(Date, 'now').mockReturnValue(page.client.now() - 7_200_000);
  page.source.session = null;
  await act(() => page.client.logout());
  await page.advance(0);
  expect(screen.getByText('7200 s ahead of this device’s')).toBeTruthy();
  vi.restoreAllMocks();
});

it('watches nothing while it is closed but the two words at its foot', async () => {
  const page = await open(<SessionDevtools />, { policy: rolling({ idle: '1h' }) });
  expect(page.env.timers.size).toBe(1);
  expect(screen.queryByRole('region')).toBeNull();
  expect(screen.getByText('session active · token none')).toBeTruthy();
});

it('keeps its log while it is closed, and no more than is of use', async () => {
  const page = await open(<SessionDevtools initialIsOpen />);
  for (let count = 0; count < 120; count++) {
    page.env.online = !page.env.online;
    act(() => page.env.resume());
  }
  expect(screen.getAllByText('connection-changed').length).toBe(100);
  fireEvent.click(screen.getByRole('button', { name: 'Clear' }));
  expect(screen.queryByText('connection-changed')).toBeNull();
});

it('is rendered on a server, and in production not at all', async () => {
  const source: SessionSource = { name: 'none', getSession: async () => null };
  const page = (
    <SessionProvider source={source}>
      <SessionDevtools />
    </SessionProvider>
  );
  expect(renderToString(page)).toContain('session-clock');
  vi.stubEnv('NODE_ENV', 'production');
  expect(renderToString(page)).toBe('');
});
