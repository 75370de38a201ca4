import { describe, expect, it } from 'vitest';
import { findPages, findSnippet, parsePage } from './readSnippets.ts';

const page = [
  '# A page',
  '```sh',
  'npm install',
  '```',
  '```tsx title="src/App.tsx"',
  '<App />',
  '```',
  '1. In a list:',
  '',
  '   ````ts',
  '   const fence = `',
  '   ```',
  '   `;',
  '   ````',
].join('\n');

describe('parsePage()', () => {
  it('returns each block of code with its line, place and title', () => {
    expect(parsePage('docs/page.md', page)).toEqual([
      {
        page: 'docs/page.md',
        line: 5,
        index: 1,
        language: 'tsx',
        title: 'src/App.tsx',
        text: '<App />',
      },
      {
        page: 'docs/page.md',
        line: 10,
        index: 2,
        language: 'ts',
        title: undefined,
        text: 'const fence = `\n```\n`;',
      },
    ]);
  });

  it('throws for a block without an end, or with an unknown language', () => {
    expect(() => parsePage('a.md', 'text\n```ts\nconst a = 1;')).toThrow(
      'a.md:2: The block has no',
    );
    expect(() => parsePage('a.md', '```typescript\n```')).toThrow('a.md:1: The language "typescr');
  });
});

describe('findSnippet()', () => {
  it('names the snippets of the page if there is no such snippet', () => {
    expect(() => findSnippet('README.md#src/Moved.tsx')).toThrow(
      /README.md has no snippet #src\/Moved.tsx. It has #.* \(line \d+\)/,
    );
  });

  it('throws if the page does not exist', () => {
    expect(() => findSnippet('docs/moved.md#1')).toThrow('docs/moved.md does not exist.');
  });
});

it('findPages() finds the README and the pages of docs', () => {
  expect(findPages()).toEqual(expect.arrayContaining(['README.md', 'docs/testing.md']));
});
