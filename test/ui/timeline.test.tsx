import { act, cleanup, render, screen, within } from '@testing-library/react';
import { Profiler } from 'react';
import { renderToString } from 'react-dom/server';
import { SessionTimeline } from 'session-clock/ui';
import { afterEach, expect, it, vi } from 'vitest';
import {
  absolute,
  createSessionClient,
  rolling,
  SessionError,
  SessionProvider,
} from '../../src/index.js';
import { axisOf } from '../../src/ui/timeline/axis.js';
import { timelineFacts } from '../../src/ui/timeline/facts.js';
import { lanesOf } from '../../src/ui/timeline/lanes.js';
import { open, type Page } from '../react/page.js';
import { FakeSource } from '../support/fakeSource.js';

afterEach(cleanup);

const minute = 60_000;
const policy = rolling({ idle: '30m', lifetime: '8h' });

function factsOf({ client }: Page): ReturnType<typeof timelineFacts> {
  return timelineFacts(client.getSnapshot(), client.getLog(), 0);
}

it('reads both lifetimes, the refresh window and the past from the snapshot and the log', async () => {
  const page = await open(null, { policy });
  const start = page.client.now();
  page.source.tokenLifetime = 5 * minute;
  page.client.retainAccessToken();
  await page.advance(4 * minute);
  page.env.simulateActivity();
  page.source.answerToken = async () => {
    throw new SessionError('ERR_SERVER', 'It is down.');
  };
  await page.advance(4 * minute);
  const { session, tokens, events } = factsOf(page);
  expect(session).toMatchObject({
    startedAt: start,
    end: { at: start + 34 * minute, kind: 'idle' },
    warningAt: start + 32 * minute,
    latestEnd: start + 480 * minute,
  });
  const { accessToken } = page.client.getSnapshot();
  expect(tokens).toMatchObject([{ issuedAt: accessToken.issuedAt, past: [{ issuedAt: start }] }]);
  const issuedAt = Number(accessToken.issuedAt);
  expect(tokens[0]?.refreshWindow).toEqual([issuedAt + 2.5 * minute, issuedAt + 4.75 * minute]);
  expect(events.map(({ kind, code }) => code ?? kind)).toEqual(
    expect.arrayContaining(['refreshed', 'activity', 'ERR_SERVER']),
  );
});

it('shows the window later if the source can refresh a token only shortly before its end', async () => {
  const page = await open(null, { policy });
  page.source.answerToken = async (_request, { now }) => ({
    value: 'secret',
    issuedAt: now(),
    expiresAt: now() + 60 * minute,
    refreshableWithin: minute,
  });
  await act(() => page.client.getAccessToken());
  const end = page.client.now() + 60 * minute;
  expect(factsOf(page).tokens[0]?.refreshWindow).toEqual([end - minute, end - minute / 2]);
});

it('keeps the life of a token visible beside a session of many hours', async () => {
  const page = await open(null, { policy: absolute({ lifetime: '12h' }) });
  page.source.tokenLifetime = 5 * minute;
  await act(() => page.client.getAccessToken());
  const facts = factsOf(page);
  const [session, token] = lanesOf(facts, axisOf(facts, page.client.now()));
  expect(session?.bars).toMatchObject([{ kind: 'life', to: 1, continues: 'after' }]);
  const life = token?.bars.find(({ kind }) => kind === 'life');
  expect(Number(life?.to) - Number(life?.from)).toBeGreaterThan(0.1);
});

it('moves the axis in steps, and keeps every position on it', async () => {
  const page = await open(null, { policy });
  await act(() => page.client.getAccessToken());
  const facts = factsOf(page);
  const now = page.client.now();
  const axes = [0, 1, 2, 3, 4].map((seconds) => axisOf(facts, now + seconds * 1_000));
  expect(new Set(axes.map(({ from, to }) => `${from} ${to}`)).size).toBeLessThanOrEqual(2);
  for (const axis of axes) {
    expect(axis.ticks.length).toBeLessThanOrEqual(5);
    for (const { bars, marks } of lanesOf(facts, axis)) {
      const positions = [
        ...bars.flatMap(({ from, to }) => [from, to]),
        ...marks.map((mark) => mark.position),
      ];
      expect(positions.every((position) => position >= 0 && position <= 1)).toBe(true);
    }
  }
});

it('is a table for a screen reader, and shows no token and no claim', async () => {
  const page = await open(<SessionTimeline data-testid="timeline" className="mine" />, { policy });
  await act(() => page.client.getAccessToken());
  await page.advance(1_000);
  const group = screen.getByRole('group', { name: 'Session and access token over time' });
  expect(group.className).toBe('sc-timeline mine');
  const table = within(group).getByRole('table');
  const rows = within(table)
    .getAllByRole('row')
    .map((row) => row.textContent);
  expect(rows.some((row) => row?.startsWith('SessionEnds without activity'))).toBe(true);
  expect(rows.some((row) => row?.startsWith('Access tokenExpires'))).toBe(true);
  expect(group.outerHTML).not.toMatch(/secret|Ada|ada/);
});

it('renders at most once a second, sets one timer with the countdowns, and none while it is hidden', async () => {
  let commits = 0;
  const page = await open(
    <Profiler id="timeline" onRender={() => commits++}>
      <SessionTimeline />
    </Profiler>,
    { policy },
  );
  await page.advance(1_000);
  // The client's own timer, and the one of all counters.
  expect(page.env.timers.size).toBe(2);
  commits = 0;
  for (let count = 0; count < 50; count++) page.env.simulateActivity();
  await page.advance(5_000);
  expect(commits).toBeLessThanOrEqual(6);
  page.env.visible = false;
  act(() => page.env.resume());
  expect(page.env.timers.size).toBe(1);
});

it('reads the log at most once a second, and not with each change of the client', async () => {
  const page = await open(<SessionTimeline />, { policy });
  await page.advance(1_000);
  const getLog = vi.spyOn(page.client, 'getLog');
  act(() => page.client.notifyRevoked());
  expect(getLog).not.toHaveBeenCalled();
  await page.advance(1_000);
  expect(getLog).toHaveBeenCalledTimes(1);
});

it('says why there is no session, and when the last one ended', async () => {
  const page = await open(<SessionTimeline />, { policy });
  await page.advance(5 * minute);
  act(() => page.client.notifyRevoked());
  await page.advance(1_000);
  expect(screen.getByText('Ended: revoked', { selector: 'span' })).toBeTruthy();
  expect(document.querySelector('[data-kind="former"]')).toBeTruthy();
});

it('renders nothing on a server', () => {
  const client = createSessionClient({ source: new FakeSource(), policy });
  const tree = (
    <SessionProvider client={client}>
      <SessionTimeline />
    </SessionProvider>
  );
  expect(renderToString(tree)).toBe('');
  expect(() => render(<SessionTimeline />)).toThrow(/<SessionTimeline> was used outside/);
});
