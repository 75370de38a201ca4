// @ts-check
import { fileURLToPath } from 'node:url';

/** @param {string} path */
function source(path) {
  return fileURLToPath(new URL(`./src/${path}`, import.meta.url));
}

/**
 * Resolves the package's own entry points to its source, so that stories and tests import it as an app does.
 * @type {{ find: RegExp, replacement: string }[]}
 */
export const aliases = [
  { find: /^session-clock\/ui\/styles\.css$/, replacement: source('ui/styles.css') },
  {
    find: /^session-clock\/ui\/messages\/(ar|de|en|es|fr|ja|ko|ptBR|zh)$/,
    replacement: source('ui/messages/$1.ts'),
  },
  {
    find: /^session-clock\/(ui|fetch|query|devtools|testing)$/,
    replacement: source('$1/index.ts'),
  },
  {
    find: /^session-clock\/sources\/(auth-js|auth-js-server|auth0-spa|better-auth|cookie-session|custom|helpers|nextjs-auth0|nextjs-auth0-server|oidc-client)$/,
    replacement: source('sources/$1.ts'),
  },
  { find: /^session-clock$/, replacement: source('index.ts') },
];

/** Dependencies to pre-bundle: if Vite discovers one late, it reloads a page in the middle of its tests. */
export const optimized = [
  'react',
  'react-dom',
  'react-dom/client',
  'react/jsx-runtime',
  'react/jsx-dev-runtime',
  '@tanstack/react-query',
  'jwt-decode',
  'oidc-client-ts',
];
