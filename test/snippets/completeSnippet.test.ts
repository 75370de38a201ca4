import { describe, expect, it } from 'vitest';
import { augmentsModule, completeSnippet } from './completeSnippet.ts';
import { parsePage } from './readSnippets.ts';

/** Completes the last of the blocks. */
function complete(...blocks: string[]): string[] {
  const page = blocks.map((text) => `\`\`\`tsx\n${text}\n\`\`\``).join('\n');
  const snippets = parsePage('a.md', page);
  const snippet = snippets.at(-1);
  if (!snippet) throw new Error('There is no block.');
  const ownApp = { names: ['App', 'policy'], module: './ownApp' };
  const text = completeSnippet(
    snippet,
    snippets.slice(0, -1),
    ownApp,
    ({ index }) => `./block-${index}`,
  );
  return text.split('\n').slice(snippet.text.split('\n').length, -1);
}

describe('completeSnippet()', () => {
  it('imports what an earlier block imports or declares', () => {
    const earlier = [
      "import React, { type ReactNode, useState as useIt } from 'react';",
      "import * as clock from 'session-clock';",
      "import type { Session } from 'session-clock';",
      'const [first, { second: renamed }] = values;',
      'type Id = string;',
      'export function Page() {}',
    ].join('\n');
    const uses =
      'use(React, useIt, clock, first, renamed, Page); let a: Id, b: ReactNode, c: Session;';
    expect(complete(earlier, uses).sort()).toEqual(
      [
        "import { Page } from './block-1';",
        "import { first } from './block-1';",
        "import { renamed } from './block-1';",
        "import { type Id } from './block-1';",
        "import { type ReactNode } from 'react';",
        "import { useState as useIt } from 'react';",
        "import * as clock from 'session-clock';",
        "import React from 'react';",
        "import type { Session } from 'session-clock';",
        'export { a, b, c };',
      ].sort(),
    );
  });

  it('imports nothing that the block declares or imports itself', () => {
    expect(complete('const a = 1;', "import { a } from 'x'; const policy = a;")).toEqual([
      'export { policy };',
    ]);
  });

  it("imports names of the reader's app, unless an earlier block declares them", () => {
    expect(complete('<App />;')).toEqual(["import { App } from './ownApp';", 'export {  };']);
    expect(complete('function App() {}', '<App />;')).toContain("import { App } from './block-1';");
  });

  it('prefers the latest declaration', () => {
    expect(complete('const a = 1;', 'const a = 2;', 'use(a);')).toContain(
      "import { a } from './block-2';",
    );
  });

  it('exports what the block does not export itself', () => {
    const text = 'export const a = 1;\ninterface B {}\nclass C {}\nexport default function D() {}';
    expect(complete(text)).toEqual(['export { type B, C };']);
  });
});

it('augmentsModule() finds a block that changes the types of a module', () => {
  const blocks = ["```ts\ndeclare module 'a' {}\n```", "```ts\nimport 'a';\n```"];
  expect(parsePage('a.md', blocks.join('\n')).map(augmentsModule)).toEqual([true, false]);
});
