import { act, cleanup, screen, within } from '@testing-library/react';
import { SessionDevtools } from 'session-clock/devtools';
import { type Messages, SessionMessages, SessionTimeline } from 'session-clock/ui';
import { ar, arTimeline } from 'session-clock/ui/messages/ar';
import { de, deTimeline } from 'session-clock/ui/messages/de';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { rolling } from '../../src/index.js';
import { toTimeText } from '../../src/ui/durationText.js';
import { open, type Page } from '../react/page.js';
import { languages } from './languages.js';

// Loaded before the first test, which does not wait for it then.
beforeAll(() => import('../../src/devtools/Panel.js'));
afterEach(cleanup);

const policy = rolling({ idle: '30m', lifetime: '8h' });
const german: Messages = { ...de, timeline: deTimeline };
const arabic: Messages = { ...ar, timeline: arTimeline };

async function openIn(messages: Messages, timeline = <SessionTimeline />): Promise<Page> {
  const page = await open(<SessionMessages messages={messages}>{timeline}</SessionMessages>, {
    policy,
  });
  await act(() => page.client.getAccessToken());
  await page.advance(1_000);
  return page;
}

/** The time as it is written in the texts: without marks of direction. */
const idleEnd = ({ client }: Page, locale: string): string => {
  const at = Number(client.getSnapshot().deadline?.at);
  return toTimeText(at, client.now(), locale);
};
const headings = (): string[] =>
  screen.getAllByRole('columnheader').map((cell) => String(cell.textContent));

describe.each(languages)('%s', (_, { timeline }) => {
  it('has three different headings, which are the keys of the columns', () => {
    expect(new Set(timeline.table.columns).size).toBe(3);
  });

  it('names a token by its audience, an end by its time and a failure by its code', () => {
    expect(timeline.accessToken('orders')).toContain('orders');
    expect(timeline.accessToken('orders')).not.toBe(timeline.accessToken(null));
    expect(timeline.accessToken(null)).not.toContain('null');
    expect(timeline.endsAt('end', '12:50')).toMatch(/^end.*12:50/);
    expect(timeline.withDetail('failed', 'ERR_SERVER')).toMatch(/^failed.*ERR_SERVER$/);
    expect(timeline.table.between('12:50', '12:55')).toMatch(/12:50.*12:55/);
  });

  it('has different texts for the ends of a lifetime and for the events', () => {
    expect(new Set(Object.values(timeline.end)).size).toBe(5);
    expect(new Set(Object.values(timeline.event)).size).toBe(4);
    expect(new Set(Object.values(timeline.legend)).size).toBe(7);
  });
});

it('follows the language of `SessionMessages`, in the picture, the legend and the table', async () => {
  const page = await openIn(german);
  expect(screen.getByRole('group', { name: deTimeline.title })).toBeTruthy();
  expect(screen.getByRole('table', { name: deTimeline.title })).toBeTruthy();
  expect(headings()).toEqual(deTimeline.table.columns);
  const time = idleEnd(page, 'de');
  expect(screen.getByText(`Endet ohne Aktivität: ${time} Uhr`)).toBeTruthy();
  expect(screen.getByText(deTimeline.legend.window, { selector: 'span' })).toBeTruthy();
  act(() => page.client.notifyRevoked());
  await page.advance(1_000);
  expect(screen.getByText('Beendet: widerrufen', { selector: 'span' })).toBeTruthy();
});

it('prefers its own texts, with times in their language', async () => {
  const page = await openIn(arabic, <SessionTimeline messages={german} />);
  expect(screen.getByText(`Endet ohne Aktivität: ${idleEnd(page, 'de')} Uhr`)).toBeTruthy();
});

it('does not repeat the status of a user who signed out as its reason', async () => {
  const page = await openIn(german);
  page.source.session = null;
  await act(() => page.client.logout());
  await page.advance(1_000);
  expect(screen.getByText('Abgemeldet', { selector: 'span' })).toBeTruthy();
});

it.each([
  ['Arabic', arabic],
  ['English, because the texts of the timeline are missing,', ar],
])('isolates an Arabic time in a text that is %s', async (_, messages) => {
  const page = await openIn(messages);
  const time = `\u2068${idleEnd(page, ar.locale)}\u2069`;
  const isShown = (_text: string, element: Element | null): boolean =>
    element?.children.length === 0 && element.textContent.includes(time);
  const texts = within(screen.getByRole('group')).getAllByText(isShown);
  const table = texts.filter((each) => each.closest('table'));
  expect(table.map((each) => each.textContent)).toContain(time);
  expect(texts.length).toBeGreaterThan(table.length);
});

it('is English in the devtools on every page, with its times', async () => {
  const page = await openIn(arabic, <SessionDevtools initialIsOpen />);
  const group = screen.getByRole('group', { name: 'Session and access token over time' });
  const panel = screen.getByRole('region', { name: 'Devtools of session-clock' });
  const end = `Ends without activity ${idleEnd(page, 'en')}`;
  expect(within(group).getByText(end.replaceAll('\u00a0', ' '))).toBeTruthy();
  expect(panel.textContent).not.toMatch(/\p{Script=Arabic}/u);
});
