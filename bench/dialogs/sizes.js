// @ts-check
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { dist, resolve } from './site.js';

const here = fileURLToPath(new URL('.', import.meta.url));
const packages = `${here}node_modules/`;

/** What a page imports, and its style sheets. */
const imports = /** @type {Record<string, { scripts: [string, string][], styles: string[] }>} */ ({
  'session-clock': {
    scripts: [
      [
        'with the client, both dialogs and the parts of TanStack Query it uses',
        `export { createSessionClient, rolling, SessionProvider } from 'session-clock';
         export { ReloginDialog, SessionExpiryDialog } from 'session-clock/ui';`,
      ],
    ],
    styles: [`${dist}ui/styles.css`],
  },
  hmrc: {
    scripts: [
      [
        'the dialog alone',
        `export { default as Dialog } from 'hmrc-frontend/hmrc/components/timeout-dialog/timeout-dialog.js';
         export { default as Activity } from 'hmrc-frontend/hmrc/components/timeout-dialog/session-activity-service.js';`,
      ],
    ],
    styles: [`${packages}hmrc-frontend/hmrc/hmrc-frontend-7.27.0.min.css`],
  },
  cms: {
    scripts: [['', `export { IdleTimeout } from '@cmsgov/design-system';`]],
    styles: [
      `${packages}@cmsgov/design-system/dist/css/index.css`,
      `${packages}@cmsgov/design-system/dist/css/core-theme.css`,
    ],
  },
  'idle-timer': {
    scripts: [
      ['the timer alone', `export { useIdleTimer } from 'react-idle-timer';`],
      [
        "with MUI's dialog, its styles included",
        `export { useIdleTimer } from 'react-idle-timer';
         export { default as Button } from '@mui/material/Button';
         export { default as Dialog } from '@mui/material/Dialog';
         export { default as Actions } from '@mui/material/DialogActions';
         export { default as Content } from '@mui/material/DialogContent';
         export { default as Text } from '@mui/material/DialogContentText';
         export { default as Title } from '@mui/material/DialogTitle';`,
      ],
    ],
    styles: [],
  },
});

/** @param {string | Buffer} content */
function kilobytes(content) {
  return `${(gzipSync(content).length / 1_000).toFixed(1)} kB`;
}

/**
 * Minified and gzipped, without React.
 * @param {string} code
 */
async function scriptSize(code) {
  const entry = '\0entry';
  const result = await build({
    root: here,
    logLevel: 'silent',
    configFile: false,
    resolve,
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === 'entry' ? entry : null),
        load: (id) => (id === entry ? code : null),
      },
    ],
    build: {
      write: false,
      minify: true,
      rolldownOptions: {
        input: 'entry',
        external: /^(react|react-dom)(\/|$)/,
        preserveEntrySignatures: 'strict',
        output: { format: 'es' },
      },
    },
  });
  const [first] = Array.isArray(result) ? result : [result];
  if (!first || !('output' in first)) throw new Error('There is no build.');
  const chunks = first.output.flatMap((each) => (each.type === 'chunk' ? [each.code] : []));
  return kilobytes(chunks.join('\n'));
}

/** @param {{ dialog: import('./dialogs.js').Dialog }} setting */
export async function sizes({ dialog }) {
  const { scripts = [], styles = [] } = imports[dialog.name] ?? {};
  const lines = [];
  for (const [what, code] of scripts) {
    lines.push(`JS ${await scriptSize(code)}${what && ` (${what})`}`);
  }
  if (styles.length > 0) {
    const css = styles.map((file) => readFileSync(file, 'utf8')).join('\n');
    const note = dialog.name === 'session-clock' ? '' : ' (the whole file of the design system)';
    lines.push(`CSS ${kilobytes(css)}${note}`);
  }
  return lines.join('<br>');
}

const languages = /** @type {Record<string, () => string[]>} */ ({
  'session-clock': () =>
    readdirSync(`${dist}ui/messages`).flatMap(
      (file) => /^([a-z]{2}(?:[A-Z]{2})?)\.js$/.exec(file)?.[1] ?? [],
    ),
  hmrc: () => ['en', 'cy'],
  cms: () =>
    readdirSync(`${packages}@cmsgov/design-system/dist/react-components/esm/locale`).flatMap(
      (file) => /^(.*)\.json$/.exec(file)?.[1] ?? [],
    ),
  'idle-timer': () => [],
});

/** @param {{ dialog: import('./dialogs.js').Dialog }} setting */
export async function builtInLanguages({ dialog }) {
  const codes = languages[dialog.name]?.() ?? [];
  return codes.length === 0
    ? 'none: the app writes all texts'
    : `${codes.length} (${codes.join(', ')})`;
}
