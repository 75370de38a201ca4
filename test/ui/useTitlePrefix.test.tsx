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

function look(next: DocumentVisibilityState): void {
  visibility = next;
  document.dispatchEvent(new Event('visibilitychange'));
}

function Marked({ prefix }: { prefix: string }): null {
  useTitlePrefix(prefix);
  return null;
}

it.each([
  ['App', 'Session ending', 'Session ending · App'],
  ['App', 'Session  ending', 'Session ending · App'],
  ['App', '', 'App'],
  ['', 'Session ending', 'Session ending ·'],
])(
  'the title %j under the prefix %j is %j while hidden, and comes back',
  (title, prefix, marked) => {
    document.title = title;
    const { unmount } = render(<Marked prefix={prefix} />);
    for (let time = 0; time < 3; time++) {
      look('hidden');
      expect(document.title).toBe(marked);
      look('visible');
      expect(document.title).toBe(title);
    }
    look('hidden');
    unmount();
    expect(document.title).toBe(title);
  },
);

it('a title that the app sets meanwhile is left alone', () => {
  document.title = 'App';
  const { unmount } = render(<Marked prefix="Session ending" />);
  look('hidden');
  document.title = 'One new message';
  unmount();
  expect(document.title).toBe('One new message');
});
