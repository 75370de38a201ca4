import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { findSnippet, repository } from './readSnippets.ts';

it.each([
  ['src/ShadcnDialogs.tsx', 'Shadcn.tsx'],
  ['src/MuiDialogs.tsx', 'Mui.tsx'],
  ['src/AriaDialogs.tsx', 'ReactAria.tsx'],
])('docs/dialogs.md shows %s as the stories run it, in at most 40 lines', (title, file) => {
  const story = readFileSync(join(repository, 'stories/designSystems', file), 'utf8').trimEnd();
  expect(findSnippet(`docs/dialogs.md#${title}`).text).toBe(story);
  expect(story.split('\n').length).toBeLessThanOrEqual(40);
});
