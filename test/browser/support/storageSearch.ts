import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { type Found, readStorage } from './readStorage.ts';

/** The users of the provider in `demo/`, and those of the tests' own servers. */
const users = [
  { sub: 'ada', name: 'Ada Lovelace', email: 'ada@example.com' },
  { sub: 'grace', name: 'Grace Hopper', email: 'grace@example.com' },
];

const jwt = /\bey[\w-]{8,}\.[\w-]{8,}\.[\w-]*/;

/**
 * What the SDK stores itself: the user with its tokens and claims (`oidc.user:…`), and the state of a
 * sign-in in progress (`oidc.…`). The app decides on this; see SECURITY.md.
 */
function isStoredBySdk({ key }: Found): boolean {
  return key.startsWith('oidc.');
}

/**
 * Asserts that a page's storage has no token, e-mail address, name or `sub` of a user, apart from what the
 * SDK stores itself. A page of another origin than `origin` is left out, for example that of the provider.
 * @param tokens further tokens that the provider has issued; those of the SDK's own entries are known
 */
export async function expectNoUserData(
  pages: readonly Page[],
  origin: string,
  tokens: Iterable<string> = [],
): Promise<void> {
  for (const page of pages) {
    if (new URL(page.url()).origin !== origin) continue;
    expect(userDataIn(await readStorage(page), tokens)).toEqual([]);
  }
}

/** The places with user data, for example `['a token in localStorage, key "session"']`. */
export function userDataIn(entries: readonly Found[], tokens: Iterable<string> = []): string[] {
  const known = [...tokens, ...entries.filter(isStoredBySdk).flatMap(tokensOf)];
  return entries
    .filter((entry) => !isStoredBySdk(entry))
    .flatMap(({ place, key, text }) =>
      kindsIn(`${key} ${text}`, known).map((kind) => `${kind} in ${place}, key "${key}"`),
    );
}

function kindsIn(text: string, tokens: readonly string[]): string[] {
  const readable = text + decoded(text);
  const has = (value: string): boolean => readable.toLowerCase().includes(value.toLowerCase());
  const kinds = {
    'a token': jwt.test(text) || tokens.some(has),
    'an e-mail address': users.some(({ email }) => has(email)),
    'a name': users.some(({ name }) => has(name)),
    'a sub': users.some(({ sub }) => hasWord(sub)),
  };
  // As a word: the random id of a tab may contain the same letters.
  function hasWord(word: string): boolean {
    return new RegExp(`(?<![a-z0-9])${word}(?![a-z0-9])`, 'i').test(readable);
  }
  return Object.entries(kinds).flatMap(([kind, isFound]) => (isFound ? [kind] : []));
}

/** The text with its percent and Base64 encodings decoded. */
function decoded(text: string): string {
  const base64 = text.match(/[\w+/-]{8,}={0,2}/g) ?? [];
  const parts = base64.map((part) => Buffer.from(part, 'base64').toString('latin1'));
  return [text.replace(/%[0-9a-f]{2}/gi, decodeSafely), ...parts].join(' ');
}

function decodeSafely(escaped: string): string {
  return String.fromCharCode(Number.parseInt(escaped.slice(1), 16));
}

/** The tokens in an entry of the SDK. */
function tokensOf({ text }: Found): string[] {
  try {
    const entry = JSON.parse(text) as Record<string, unknown>;
    const values = ['access_token', 'refresh_token', 'id_token'].map((name) => entry[name]);
    return values.filter((value) => typeof value === 'string');
  } catch {
    return [];
  }
}
