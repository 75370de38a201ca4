import { act, cleanup, fireEvent, screen, within } from '@testing-library/react';
import { renderToString } from 'react-dom/server';
import { SessionDevtools } from 'session-clock/devtools';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import {
  createSessionClient,
  rolling,
  SessionError,
  SessionProvider,
  useSession,
} from '../../src/index.js';
import { replayLog } from '../../src/testing/index.js';
import { open, type Page } from '../react/page.js';
import { FakeSource } from '../support/fakeSource.js';

// Loaded before the first test, which does not wait for it then.
beforeAll(() => import('../../src/devtools/Panel.js'));
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const policy = rolling({ idle: '1h' });

async function openPanel(): Promise<Page> {
  const page = await open(<SessionDevtools initialIsOpen />, { policy });
  page.source.session = { user: { sub: 'ada', name: 'Ada Lovelace' } };
  return page;
}

function inputs(): ReturnType<typeof within> {
  return within(screen.getByRole('region', { name: 'Inputs' }));
}

/** The radio buttons, newest first. */
function steps(): HTMLInputElement[] {
  return inputs().getAllByRole('radio');
}

function stubClipboard(writeText: (text: string) => Promise<void>): void {
  vi.stubGlobal('navigator', Object.create(navigator, { clipboard: { value: { writeText } } }));
}

it('lists the inputs newest first, with the new ones as soon as the client changes', async () => {
  const page = await openPanel();
  expect(inputs().getByRole('radio', { name: /started$/ })).toBeTruthy();
  const timers = page.env.timers.size;
  await act(async () => page.client.notifyRevoked());
  const [newest] = steps();
  expect(newest?.labels?.[0]?.textContent).toContain('ended revoked');
  expect(page.env.timers.size).toBeLessThanOrEqual(timers);
});

it('shows what the selected input changed, and keeps it selected when there are more', async () => {
  const page = await openPanel();
  await act(async () => page.client.notifyRevoked());
  fireEvent.click(steps()[0] as HTMLElement);
  const changes = (): HTMLElement => screen.getByRole('region', { name: 'Changes' });
  expect(changes().textContent).toContain('eventssession-ended');
  expect(within(changes()).getByText('signIn.end').nextSibling?.textContent).toMatch(
    /^null → \{"reason":"revoked"/,
  );
  await act(() => page.client.login());
  for (let count = 0; count < 60; count++) {
    page.env.online = !page.env.online;
    act(() => page.env.resume());
  }
  expect(changes().textContent).toContain('ended');
  expect(steps().filter(({ checked }) => checked)).toHaveLength(1);
  for (let count = 0; count < 150; count++) page.env.resume();
  page.env.online = !page.env.online;
  act(() => page.env.resume());
  expect(steps()).toHaveLength(200);
  expect(steps().filter(({ checked }) => checked)).toHaveLength(0);
  expect(changes().textContent).toContain('ended');
});

it('shows no token, no claim and no user beside the session that the panel shows', async () => {
  const page = await openPanel();
  page.source.answerToken = async () => {
    throw new SessionError('ERR_REFRESH_FAILED', 'Refused.');
  };
  await act(() => page.client.getAccessToken().catch(() => {}));
  page.source.answerToken = async (_request, { now }) => ({
    value: 'secret-1',
    sub: 'ada',
    expiresAt: now() + 60_000,
  });
  await act(() => page.client.refresh());
  await act(() => page.client.login());
  for (const step of steps()) {
    fireEvent.click(step);
    const text = screen.getByRole('region', { name: 'Inputs' }).textContent ?? '';
    expect(text).not.toMatch(/secret-|Lovelace|\bada\b/);
    expect(text).not.toContain('undefined');
  }
  fireEvent.click(inputs().getByRole('radio', { name: /request-failed .*: ERR_REFRESH_FAILED$/ }));
  const changes = screen.getByRole('region', { name: 'Changes' });
  expect(within(changes).getByText('null → "ERR_REFRESH_FAILED"')).toBeTruthy();
});

it('copies the log as JSON that can be replayed, and tells a screen reader', async () => {
  const page = await openPanel();
  let copied = '';
  stubClipboard(async (text) => {
    copied = text;
  });
  await act(() => page.client.getAccessToken());
  await act(async () => fireEvent.click(inputs().getByRole('button', { name: /^Copy log/ })));
  expect(inputs().getByRole('status').textContent).toMatch(/^Copied \d+ inputs at /);
  const replayed = replayLog(JSON.parse(copied));
  expect(replayed.at(-1)?.snapshot).toMatchObject({ status: 'active' });
  expect(copied).not.toMatch(/secret-|Ada/);
});

it('offers the text where the browser refuses to copy it', async () => {
  const page = await openPanel();
  stubClipboard(() => Promise.reject(new DOMException('denied', 'NotAllowedError')));
  const copy = inputs().getByRole('button', { name: /^Copy log/ });
  await act(async () => fireEvent.click(copy));
  expect(inputs().getByRole('status').textContent).toMatch(/refused/);
  const text = inputs().getByRole('textbox', { name: 'Log as JSON' }) as HTMLTextAreaElement;
  expect(JSON.parse(text.value)).toEqual(page.client.getLog());
  vi.unstubAllGlobals();
  // A page without HTTPS has no clipboard.
  await act(async () => fireEvent.click(copy));
  expect(inputs().getByRole('textbox')).toBeTruthy();
});

it('does not render the app again', async () => {
  let renders = 0;
  function App(): null {
    useSession(({ status }) => status);
    renders++;
    return null;
  }
  const page = await open(
    <>
      <App />
      <SessionDevtools initialIsOpen />
    </>,
    { policy },
  );
  const before = renders;
  await act(() => page.client.getAccessToken());
  fireEvent.click(steps()[0] as HTMLElement);
  stubClipboard(async () => {});
  await act(async () => fireEvent.click(inputs().getByRole('button', { name: /^Copy log/ })));
  expect(renders).toBe(before);
});

it('is not rendered by a server: the browser has other inputs', () => {
  const client = createSessionClient({ source: new FakeSource() });
  client.reportActivity();
  const page = renderToString(
    <SessionProvider client={client}>
      <SessionDevtools initialIsOpen />
    </SessionProvider>,
  );
  expect(page).toBe('');
});
