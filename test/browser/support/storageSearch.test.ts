import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from './chromium.ts';
import { readStorage } from './readStorage.ts';
import { userDataIn } from './storageSearch.ts';

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await launchChromium();
  page = await browser.newPage();
  const body = '<!doctype html><title>An app</title>';
  await page.route('**/*', (route) => route.fulfill({ contentType: 'text/html', body }));
  await page.goto('http://localhost/');
});
afterAll(() => browser?.close());

it('the search of the storage finds a token and user data wherever a script can read them', async () => {
  expect(userDataIn(await readStorage(page))).toEqual([]);
  await page.evaluate(storeEverywhere);
  expect(userDataIn(await readStorage(page), ['opaque-refresh-token']).toSorted()).toEqual([
    'a name in IndexedDB, key "app/users"',
    'a sub in IndexedDB, key "app/users"',
    'a sub in a cookie, key "user"',
    'a sub in localStorage, key "encoded"',
    'a sub in sessionStorage, key "login"',
    'a token in Cache Storage, key "answers http://localhost/notes"',
    'a token in localStorage, key "refresh"',
    'a token in localStorage, key "sdk-copy"',
    'an e-mail address in sessionStorage, key "login"',
  ]);
});

/** Runs in the page. */
async function storeEverywhere(): Promise<void> {
  localStorage.setItem('oidc.user:app', '{"access_token":"access","profile":{"sub":"ada"}}');
  localStorage.setItem('sdk-copy', 'access');
  localStorage.setItem('refresh', '{"value":"opaque-refresh-token"}');
  localStorage.setItem('encoded', btoa('{"sub":"grace"}'));
  localStorage.setItem('unrelated', 'ctwz1adax71 facade graced');
  sessionStorage.setItem('login', 'hint=ada%40example.com');
  document.cookie = 'user=ada';
  const cache = await caches.open('answers');
  await cache.put('/notes', new Response('{"token":"eyJhbGciOiJub25l.eyJzdWIiOiJncmEi.c2ln"}'));
  await new Promise<void>((resolve, reject) => {
    const request = indexedDB.open('app', 1);
    request.onupgradeneeded = () => request.result.createObjectStore('users');
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const change = request.result.transaction('users', 'readwrite');
      change.objectStore('users').put({ title: 'Notes of Grace Hopper' }, 1);
      change.oncomplete = () => resolve();
    };
  });
}
