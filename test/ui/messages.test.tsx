import { cleanup, screen } from '@testing-library/react';
import { ar } from 'session-clock/ui/messages/ar';
import { afterEach, describe, expect, it, vi } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { rolling } from '../../src/index.js';
import { renderWithSession, TestSource } from '../../src/testing/index.js';
import { toSpokenText, toTimeText } from '../../src/ui/durationText.js';
import * as ui from '../../src/ui/index.js';
import { flatten, languages, resultsOf, sources, type Text } from './languages.js';

vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
afterEach(cleanup);

const seconds = 1_000;
const minutes = 60 * seconds;
const durations = [0, 1, 2, 5, 20, 100]
  .map((each) => each * seconds)
  .concat([1, 2, 11].map((each) => each * minutes));
const afternoon = new Date(2026, 0, 1, 14, 32).getTime();
const nextDay = new Date(2026, 0, 2, 0, 5).getTime();

const buttons = (texts: ui.Messages): string[] => [
  texts.signIn,
  texts.expiry.stay,
  texts.expiry.staying,
  texts.expiry.signOut,
  texts.expiry.signingOut,
  texts.relogin.signIn,
  texts.relogin.signingIn,
  texts.relogin.notNow,
  texts.relogin.reminder,
];

const english = { ...ui.en, timeline: ui.enTimeline };

/** Texts that are the same in English. */
const international = ['de connection.offline', 'fr timeline.session'];

it('has the nine languages', () => {
  const names = languages.map(([name]) => name).join(' ');
  expect(names).toBe('ar de en es fr ja ko ptBR zh');
  expect([ui.en.locale, ui.zhCN.locale]).toEqual(['en', 'zh-CN']);
});

describe.each(languages)('%s', (name, texts) => {
  const all = flatten(texts);

  it('has every text that English has, and no other', () => {
    const paths = (each: [string, Text][]): string[] => each.map(([path]) => path).toSorted();
    expect(paths(all)).toEqual(paths(flatten(english)));
  });

  it('has no empty text', () => {
    const empty = resultsOf(texts).filter(([, text]) => text.trim() === '');
    expect(empty).toEqual([]);
  });

  it('has no English text left', () => {
    if (name === 'en') return;
    const inEnglish = new Map(resultsOf(english));
    const same = resultsOf(texts).filter(
      ([path, text]) =>
        /\p{L}/u.test(text) &&
        text === inEnglish.get(path) &&
        !international.includes(`${name} ${path}`),
    );
    expect(same).toEqual([]);
  });

  it('is a language that `Intl` knows', () => {
    expect(Intl.NumberFormat.supportedLocalesOf(texts.locale)).toEqual([texts.locale]);
  });

  it.each(durations)('says that %d ms remain', (duration) => {
    const spoken = toSpokenText(duration, texts.locale);
    const text = texts.expiry.remaining(spoken);
    expect(text).toContain(spoken);
    expect(text.length).toBeGreaterThan(spoken.length + 1);
  });

  it.each([
    ['today', afternoon],
    ['on the next day', nextDay],
  ])('says when the session ends %s', (_, at) => {
    const time = toTimeText(at, afternoon, texts.locale);
    const { description, fixedDescription, lateDescription, reminder } = texts.expiry;
    const functions = [
      description,
      fixedDescription,
      lateDescription,
      reminder,
      texts.result.signedInUntil,
    ];
    // With `remaining`, these are all texts that are functions.
    expect(
      flatten({ ...texts, timeline: {} }).filter(([, text]) => typeof text === 'function'),
    ).toHaveLength(functions.length + 1);
    for (const toText of functions) {
      expect(toText(time)).toContain(time);
      expect(toText(time).length).toBeGreaterThan(time.length + 1);
    }
  });

  it('has short texts on buttons', () => {
    expect(buttons(texts).filter((text) => text.length > 32)).toEqual([]);
  });
});

it('are entry points, listed by name', () => {
  const entries = Object.entries(packageJson.exports).filter(([path]) =>
    path.startsWith('./ui/messages/'),
  );
  expect(entries).toEqual(
    languages.map(([name]) => [
      `./ui/messages/${name}`,
      { types: `./dist/ui/messages/${name}.d.ts`, default: `./dist/ui/messages/${name}.js` },
    ]),
  );
});

it.each(sources)(
  '%s imports types only, so that an app gets only this language',
  (name, source) => {
    for (const line of source.match(/^.*\bimport\b.*$/gm) ?? [])
      expect(line).toMatch(/^import type /);
    // The English texts of the timeline are in a module of the timeline.
    const exported = source.match(/^export .* from .*$/gm) ?? [];
    expect(exported).toEqual(
      name === 'en' ? ["export { enTimeline } from '../timeline/messages.js';"] : [],
    );
  },
);

describe('Arabic', () => {
  it.each([
    [1 * minutes, 'دقيقة'],
    [2 * minutes, 'دقيقتان'],
    [3 * minutes, '3 دقائق'],
    [11 * minutes, '11 دقيقة'],
    [1 * seconds, 'ثانية'],
    [2 * seconds, 'ثانيتان'],
    [5 * seconds, '5 ثوان'],
    [20 * seconds, '20 ثانية'],
    [100 * seconds, '100 ثانية'],
  ])('has its plural forms: %d ms', (duration, spoken) => {
    const text = ar.expiry.remaining(toSpokenText(duration, ar.locale));
    expect(text).toBe(`الوقت المتبقي حتى انتهاء جلستك: ${spoken}.`);
  });

  it('has Latin digits in times, like the counters', () => {
    expect(toTimeText(afternoon, afternoon, ar.locale)).toContain('2:32');
  });

  it('is shown and announced by the components, with the dual for two minutes', async () => {
    const page = (
      <ui.SessionMessages messages={ar}>
        <ui.SessionStatusBadge />
        <ui.SessionBanner />
      </ui.SessionMessages>
    );
    const { clock } = await renderWithSession(page, {
      policy: rolling({ idle: '1h', warnBefore: '2m' }),
      source: new TestSource({ sessionLifetime: '10m' }),
    });
    expect(screen.getByRole('status').textContent).toBe(ar.status.active);
    await clock.advance('8m');
    await clock.advance('2s');
    const banner = screen.getByRole('region', { name: ar.expiry.title });
    expect(banner.textContent).toContain('دقيقتان');
    expect(screen.getByRole('button', { name: ar.expiry.stay })).toBeTruthy();
  });
});
