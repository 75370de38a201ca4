import { cleanup, render } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { useTitlePrefix } from '../../src/ui/useTitlePrefix.js';

let visibility: DocumentVisibilityState;

beforeEach(() => {
  visibility = 'visible';
  vi.spyOn(document, 'visibilityState', 'get').mockImplementation(() => visibility);
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

function setVisibility(next: DocumentVisibilityState): void {
  visibility = next;
  document.dispatchEvent(new Event('visibilitychange'));
}

function TitlePrefix({ prefix }: { prefix: string }): null {
  useTitlePrefix(prefix);
  return null;
}

it.each([
  ['App', 'Session ending', 'Session ending · App'],
  ['App', 'Session  ending', 'Session ending · App'],
  ['App', '', 'App'],
  ['', 'Session ending', 'Session ending ·'],
])(
  'changes the title %j with the prefix %j to %j while hidden, and restores it',
  (title, prefix, prefixed) => {
    document.title = title;
    const { unmount } = render(<TitlePrefix prefix={prefix} />);
    for (let time = 0; time < 3; time++) {
      setVisibility('hidden');
      expect(document.title).toBe(prefixed);
      setVisibility('visible');
      expect(document.title).toBe(title);
    }
    setVisibility('hidden');
    unmount();
    expect(document.title).toBe(title);
  },
);

it('keeps a title that the app sets while the prefix is shown', () => {
  document.title = 'App';
  const { unmount } = render(<TitlePrefix prefix="Session ending" />);
  setVisibility('hidden');
  document.title = 'One new message';
  unmount();
  expect(document.title).toBe('One new message');
});

it('removes the prefix of each of two prompts, in any order', () => {
  document.title = 'Session';
  const prefixes = ['Session ending', 'Session ending', 'Session ended'];
  const prompts = prefixes.map((prefix) => render(<TitlePrefix prefix={prefix} />));
  setVisibility('hidden');
  setVisibility('visible');
  expect(document.title).toBe('Session');
  setVisibility('hidden');
  for (const { unmount } of prompts) unmount();
  expect(document.title).toBe('Session');
});
