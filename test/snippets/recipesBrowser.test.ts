import type { Server } from 'node:http';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchChromium } from '../browser/support/chromium.ts';
import { findSnippet } from './readSnippets.ts';
import { buildApp, documentedFiles, sendApp, serve } from './recipesApp.ts';
import { ownFiles } from './recipesOwnFiles.ts';
import { RecipesServer } from './recipesServer.ts';

const titles = ['useOpenUser.ts', 'useServerEvents.ts', 'EditorFrame.tsx', 'answerWorker.ts'];
const page = 'docs/recipes-connections.md';
const editor = '<!doctype html><a href="/editor.html?next">Next</a><input aria-label="Text">';

const session = new RecipesServer();
const servers: Server[] = [];
let browser: Browser;
let origin: string;
let photo: string;
let tab: Page;

beforeAll(async () => {
  const documented = documentedFiles(
    page,
    titles.map((title) => `src/${title}`),
  );
  const built = await buildApp({ ...documented, ...ownFiles });
  const api = await serve(session.photo);
  photo = `${api.origin}/photo.svg`;
  const worker = findSnippet(`${page}#public/sw.js`).text;
  const files = new Map([
    ...built,
    ['/sw.js', worker.replace('https://api.example.com', api.origin)],
    ['/editor.html', editor],
  ]);
  const send = sendApp(files, `img-src 'self' ${api.origin}`);
  const app = await serve((request, response) => {
    if (!session.answer(request, response)) send(request, response);
  });
  origin = app.origin;
  servers.push(app.server, api.server);
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

beforeEach(async () => {
  session.hasSession = true;
  tab = await browser.newPage();
  await tab.goto(origin);
  return () => tab.close();
});

/** The state of the page's client. */
function status(): Promise<string> {
  return tab.evaluate('client.getSnapshot().status');
}

describe('docs/recipes-connections.md: EventSource with a cookie', () => {
  const received = () => tab.locator('output').textContent();

  it('notices that the server has ended the session, and opens the stream again after the sign-in', async () => {
    await expect.poll(received).toBe('1');
    session.endSession();
    await expect.poll(status).toBe('expired');
    expect(session.streams.size).toBe(0);
    await tab.evaluate('client.login()');
    await expect.poll(received).toBe('2');
  });
});

describe('docs/recipes-connections.md: a frame', () => {
  const reports = () => tab.evaluate<number>('reports');

  it('counts the input of the user as activity, also after a navigation, and no event of a script', async () => {
    const frame = tab.frameLocator('iframe');
    await frame.getByLabel('Text').waitFor();
    const script = 'dispatchEvent(new KeyboardEvent("keydown"))';
    await tab.frames()[1]?.evaluate(script);
    expect(await reports()).toBe(0);
    await frame.getByLabel('Text').pressSequentially('abc');
    await expect.poll(reports).toBeGreaterThanOrEqual(3);
    await frame.getByRole('link').click();
    await expect.poll(() => tab.frames()[1]?.url()).toContain('next');
    await tab.frames()[1]?.waitForLoadState();
    const before = await reports();
    await frame.getByLabel('Text').pressSequentially('abc');
    await expect.poll(reports).toBeGreaterThanOrEqual(before + 3);
  });
});

describe('docs/recipes-connections.md: a service worker', () => {
  it('adds the token to the request of an image, replaces a refused one, and stores none', async () => {
    await tab.evaluate('navigator.serviceWorker.ready.then(() => {})');
    await tab.reload();
    await tab.waitForFunction('navigator.serviceWorker.controller');
    const width = await tab.evaluate(async (src) => {
      const image = Object.assign(new Image(), { src });
      await image.decode();
      return image.naturalWidth;
    }, photo);
    expect(width).toBe(7);
    expect(session.photoTokens).toHaveLength(2);
    expect(new Set(session.photoTokens).size).toBe(2);
    const stored = await tab.evaluate(async () => ({
      web: JSON.stringify([{ ...localStorage }, { ...sessionStorage }]),
      caches: await caches.keys(),
      databases: await indexedDB.databases(),
    }));
    expect(stored).toMatchObject({ caches: [], databases: [] });
    expect(stored.web).toContain('session-clock:recipes');
    expect(stored.web).not.toContain('secret-token');
  });
});

describe('docs/security.md: what session-clock stores and sends', () => {
  it('stores times, stamps and a hash, and no token and no claim', async () => {
    await expect.poll(status).toBe('active');
    const entries = await tab.evaluate(() => Object.entries({ ...localStorage }));
    const stored = Object.fromEntries(entries) as Record<string, string>;
    expect(
      Object.keys(stored).filter((key) => !/^session-clock:recipes(:login)?$/.test(key)),
    ).toEqual([]);
    const facts = JSON.parse(stored['session-clock:recipes'] ?? '{}');
    expect(facts).toEqual({
      signIn: {
        ...Object.fromEntries(['id', 'extendedStamp'].map((key) => [key, expect.any(String)])),
        ...Object.fromEntries(['startedAt', 'extendedAt'].map((key) => [key, expect.any(Number)])),
        user: expect.stringMatching(/^[0-9a-z]+$/),
        isObserved: expect.any(Boolean),
        session: null,
        sessionStamp: '',
        begunAt: null,
        end: null,
      },
      cleared: '',
      drift: expect.any(Number),
      wall: expect.any(Number),
    });
    expect(await tab.evaluate(() => [document.cookie, sessionStorage.length])).toEqual(['', 0]);
  });

  it('sends the session with its claims and the tokens to the other tabs', async () => {
    const message = tab.evaluate(
      () =>
        new Promise<string>((resolve) => {
          const channel = new BroadcastChannel('session-clock:recipes');
          channel.onmessage = ({ data }) => {
            if (JSON.stringify(data).includes('secret-token')) resolve(JSON.stringify(data));
          };
        }),
    );
    await tab.evaluate('client.refresh()');
    expect(await message).toContain('"sub":"ada"');
  });
});
