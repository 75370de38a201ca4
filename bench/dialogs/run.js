// @ts-check
import { launch } from '../browser.js';
import { dialogs } from './dialogs.js';
import { ensurePackages, startSite } from './site.js';
import { writeRow } from './table.js';

/**
 * Runs every probe with every dialog in a real Chromium, and writes what they did into `docs/comparison.md`.
 * With words as arguments: only the rows whose title contains one of them.
 */
const words = process.argv.slice(2);
ensurePackages();
// These import packages that may have been installed just now.
const { rows } = await import('./rows.js');

const titles = rows.map(([title]) => title);
const columns = dialogs.map(({ title }) => title);
const site = await startSite(dialogs.map(({ name }) => name));
const browser = await launch();
try {
  for (const [title, probe] of rows) {
    if (words.length > 0 && !words.some((word) => title.includes(word))) continue;
    console.log(`\n${title}`);
    const cells = [title];
    for (const dialog of dialogs) {
      const cell = await probe({ browser, site, dialog });
      console.log(`  ${dialog.name.padEnd(14)}${cell.replaceAll('<br>', `\n${' '.repeat(16)}`)}`);
      cells.push(cell);
    }
    writeRow(columns, titles, cells);
  }
} finally {
  await browser.close();
  await site.stop();
}
