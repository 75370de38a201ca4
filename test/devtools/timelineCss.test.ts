// @vitest-environment node
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

it('the panel has the styles of the timeline, so that an app need not import them', async () => {
  const css = readFileSync(new URL('../../src/ui/timeline.css', import.meta.url), 'utf8');
  const short = css
    .replace(/\/\*.*?\*\//gs, '')
    .replace(/\s+/g, ' ')
    .trim();
  expect(short).not.toMatch(/[`\\$]/);
  const module = `/** src/ui/timeline.css. Renew it with \`npx vitest run -u test/devtools/timelineCss\`. */\nexport const timelineCss: string = \`${short}\`;\n`;
  await expect(module).toMatchFileSnapshot('../../src/devtools/timelineCss.ts');
});
