import { act, cleanup, fireEvent, screen, within } from '@testing-library/react';
import { SessionDevtools } from 'session-clock/devtools';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { analyzeLog } from '../../src/devtools/analyzeLog.js';
import { absolute, rolling, type SessionClientOptions, SessionError } from '../../src/index.js';
import { open, type Page } from '../react/page.js';

// Loaded before the first test, which does not wait for it then.
beforeAll(() => import('../../src/devtools/Panel.js'));
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function reasons({ client }: Page): string[] {
  const { requests } = analyzeLog(client.getLog());
  return requests.map(({ request, reason, result }) => `${request}: ${reason} → ${result}`);
}

async function openApp(options: Partial<SessionClientOptions> = {}): Promise<Page> {
  return open(null, { policy: rolling({ idle: '30m' }), ...options });
}

it('gives the reason and the result of each request', async () => {
  const page = await openApp();
  await act(() => page.client.getAccessToken());
  const release = page.client.retainAccessToken();
  await page.advance(50_000);
  release();
  await act(() => page.client.refresh());
  await act(() => page.client.getAccessToken({ refused: page.client.peekAccessToken() ?? '' }));
  await act(() => page.client.checkSession());
  expect(reasons(page)).toEqual([
    'session: first request of this page → a session',
    'token:{}: asked by a caller: no token yet → new token',
    expect.stringMatching(/^token:\{\}: refreshed, at 7\d % of its life → new token$/),
    expect.stringMatching(/^token:\{\}: asked by a caller: refresh\(\), at .* → new token$/),
    expect.stringMatching(/^token:\{\}: asked by a caller: an API refused the token \(401\)/),
    'session: asked by checkSession() or refresh() → a session',
  ]);
});

it('names the failure that a request repeats, and what a deadline needs', async () => {
  const page = await openApp();
  page.source.answerToken = async () => {
    throw new SessionError('ERR_SERVER', 'It is down.');
  };
  void page.client.refresh().catch(() => {});
  await page.advance(20_000);
  page.env.sleep(3_600_000);
  act(() => page.env.resume());
  await page.advance(5_000);
  expect(reasons(page)).toEqual(
    expect.arrayContaining([
      'token:{}: repeated after ERR_SERVER → ERR_SERVER',
      expect.stringMatching(/^session: .*to verify the/),
    ]),
  );
});

it.each([
  [
    rolling({ idle: '30m' }),
    /^Session ends .*: idle, by the policy, last activity .*, extended once\.$/,
  ],
  [
    absolute({ lifetime: '8h' }),
    /^Session ends .*: fixed, by the policy, signed in .*; activity does not move it\.$/,
  ],
])('explains the deadline', async (policy, expected) => {
  const page = await open(<SessionDevtools initialIsOpen />, { policy });
  for (let count = 0; count < 2; count++) {
    page.env.simulateActivity();
    await page.advance(120_000);
  }
  expect(screen.getByText(expected)).toBeTruthy();
});

it('says how many tabs have the panel, and which one has the refresh lock', async () => {
  const lock = (name: string, clientId: string): object => ({ name, clientId });
  const present = ['this', 'other'].map((id) => lock('session-clock:fake:devtools', id));
  let own = '';
  const locks = {
    request: async (name: string, ...rest: unknown[]) => {
      if (name.startsWith('session-clock:fake:devtools:')) own = name;
      return (rest.at(-1) as () => unknown)();
    },
    query: async () => ({
      held: [...present, lock(own, 'this'), lock('session-clock:fake:turn', 'other')],
      pending: [lock('session-clock:fake:turn', 'this')],
    }),
  };
  vi.stubGlobal('navigator', Object.create(navigator, { locks: { value: locks } }));
  await open(<SessionDevtools initialIsOpen />);
  const session = within(screen.getByRole('region', { name: 'Session' }));
  expect(
    await session.findByText('2 with this panel; refresh lock held by another tab, 1 waiting'),
  ).toBeTruthy();
});

it('keeps its clicks from the components around it', async () => {
  const onClick = vi.fn();
  await open(
    <button type="button" onClick={onClick}>
      App
      <SessionDevtools initialIsOpen />
    </button>,
  );
  fireEvent.click(screen.getByRole('button', { name: 'Refresh' }));
  fireEvent.click(screen.getByText('session-clock'));
  expect(onClick).not.toHaveBeenCalled();
});

it('is no activity of the session, and the page does not notice its keys', async () => {
  const page = await open(<SessionDevtools initialIsOpen />, { policy: rolling({ idle: '30m' }) });
  const seen: string[] = [];
  const note = ({ type }: Event): void => void seen.push(type);
  for (const type of ['pointerdown', 'keydown', 'focusin'])
    document.addEventListener(type, note, true);
  const summary = screen.getByText('session-clock');
  summary.dispatchEvent(new Event('pointerdown', { bubbles: true }));
  const escape = new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true });
  summary.dispatchEvent(escape);
  screen.getByRole('button', { name: 'Refresh' }).focus();
  expect(seen).toEqual([]);
  // A native dialog around the panel stays open.
  expect(escape.defaultPrevented).toBe(true);
  document.body.dispatchEvent(new Event('pointerdown', { bubbles: true }));
  expect(seen).toEqual(['pointerdown']);
  for (const type of ['pointerdown', 'keydown', 'focusin'])
    document.removeEventListener(type, note, true);
  page.unmount();
  expect(document.querySelector('[data-session-devtools]')).toBeNull();
});
