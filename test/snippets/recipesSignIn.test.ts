import type { Server } from 'node:http';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../browser/support/chromium.ts';
import { buildApp, documentedFiles, importScript, sendApp, serve } from './recipesApp.ts';

/** The part of the provider in `demo/` that is used. */
interface Demo {
  issuer: string;
  apiUrl: string;
  clientId: string;
  counts(): { signIns: number };
  stop(): Promise<void>;
}

/** The reader's files, beside those of docs/recipes.md. The tokens are in memory only. */
const ownFiles = ({ issuer, clientId, apiUrl }: Demo): Record<string, string> => ({
  'src/userManager.ts': `
    import { InMemoryWebStorage, UserManager, WebStorageStateStore } from 'oidc-client-ts';
    export const userManager = new UserManager({
      authority: '${issuer}',
      client_id: '${clientId}',
      redirect_uri: location.origin + '/callback',
      scope: 'openid profile offline_access notes:read',
      automaticSilentRenew: false,
      userStore: new WebStorageStateStore({ store: new InMemoryWebStorage() }),
    });`,
  'src/api.ts': `
    import { createSessionClient, hybrid } from 'session-clock';
    import { createAuthFetch } from 'session-clock/fetch';
    import { oidcClient } from 'session-clock/sources/oidc-client';
    import { userManager } from './userManager';
    const policy = hybrid({ idle: '8s' });
    export const client = createSessionClient({ source: oidcClient(userManager), policy });
    export const apiFetch = createAuthFetch(client, { origins: ['${apiUrl}'] });`,
  'src/main.tsx': `
    import { StrictMode } from 'react';
    import { createRoot } from 'react-dom/client';
    import { SessionProvider } from 'session-clock';
    import { SessionCountdown, SessionExpiryDialog, SessionStatusBadge, SignOutButton } from 'session-clock/ui';
    import 'session-clock/ui/styles.css';
    import { client } from './api';
    import { RoutedApp } from './RoutedApp';
    const root = document.getElementById('root')!;
    createRoot(root).render(
      <StrictMode>
        <RoutedApp />
        <SessionProvider client={client}>
          <SessionStatusBadge /><SessionCountdown /><SignOutButton /><SessionExpiryDialog />
        </SessionProvider>
      </StrictMode>,
    );`,
});

let browser: Browser;
let demo: Demo;
let server: Server;
let origin: string;

beforeAll(async () => {
  let answer: ReturnType<typeof sendApp> = (_request, response) => void response.end();
  ({ origin, server } = await serve((request, response) => answer(request, response)));
  const { startDemo } = await importScript<{ startDemo(options: object): Promise<Demo> }>(
    'demo/index.js',
  );
  demo = await startDemo({ appOrigins: [origin], redirectUris: [`${origin}/callback`] });
  const titles = ['requireSession.ts', 'Root.tsx', 'routes.tsx', 'RoutedApp.tsx'];
  const files = documentedFiles(
    'docs/recipes.md',
    titles.map((title) => `src/${title}`),
  );
  const routes = `import { userManager } from './userManager';\n${files['src/routes.tsx']}`;
  const built = await buildApp({
    ...files,
    'src/routes.tsx': routes.replaceAll('https://api.example.com', demo.apiUrl),
    ...ownFiles(demo),
  });
  answer = sendApp(built, contentSecurityPolicy(demo));
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  server?.closeAllConnections();
  server?.close();
  await demo?.stop();
});

/** The policy of docs/security.md. */
function contentSecurityPolicy({ issuer, apiUrl }: Demo): string {
  const own = ["script-src 'self'", "style-src 'self'", `connect-src 'self' ${issuer} ${apiUrl}`];
  const nothing = ['default-src', 'base-uri', 'form-action', 'frame-ancestors'].map(
    (each) => `${each} 'none'`,
  );
  return [...nothing, ...own, "require-trusted-types-for 'script'"].join('; ');
}

/** The errors and violations of the policy on the app's pages, also the later ones. */
function watchErrors(page: Page): readonly string[] {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy') && page.url().startsWith(origin)) {
      errors.push(message.text());
    }
  });
  return errors;
}

/** Opens a private page, and signs in by a redirect. */
async function signIn(page: Page): Promise<void> {
  await page.goto(`${origin}/notes?page=2`);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: /Ada/ }).click();
  await page.locator('pre').waitFor();
}

describe('docs/recipes.md: a callback route', () => {
  it('exchanges the code once in StrictMode, and opens the page that was requested', async () => {
    const page = await browser.newPage();
    const before = demo.counts().signIns;
    await signIn(page);
    expect(new URL(page.url())).toMatchObject({ pathname: '/notes', search: '?page=2' });
    expect(demo.counts().signIns - before).toBe(1);
    await page.close();
  });

  it('runs with the strict content security policy of docs/security.md, and so do the components', async () => {
    const page = await browser.newPage();
    const errors = watchErrors(page);
    await signIn(page);
    await page.getByRole('timer').first().waitFor();
    await page.getByRole('alertdialog', { name: 'Your session is about to end' }).waitFor();
    await page.getByRole('alertdialog', { name: 'Your session has ended' }).waitFor();
    expect(errors).toEqual([]);
    // The test notices a violation.
    await page.evaluate(() => document.body.setAttribute('style', 'color: red'));
    await expect.poll(() => errors).toEqual([expect.stringContaining("style-src 'self'")]);
    await page.close();
  });
});
