import { fileURLToPath } from 'node:url';
import { build, type InlineConfig, preview } from 'vite';
import { vi } from 'vitest';
import { freePort } from '../../../scripts/ports.js';
import type { ServedApp } from '../apps.ts';

/** Builds the app of this folder with Vite's default settings into a folder of the test file, and serves it. */
export async function serveModals(testFile: string, firstPort: number): Promise<ServedApp> {
  const port = await freePort(firstPort);
  const settings: InlineConfig = {
    root: fileURLToPath(new URL('.', import.meta.url)),
    configFile: false,
    logLevel: 'error',
    build: { outDir: `dist/${testFile}` },
  };
  // Vite keeps the `test` that Vitest has set, and builds React and the devtools for development.
  vi.stubEnv('NODE_ENV', 'production');
  await build(settings);
  vi.unstubAllEnvs();
  const server = await preview({ ...settings, preview: { port, strictPort: true } });
  return { origin: `http://localhost:${port}`, stop: () => server.close() };
}
