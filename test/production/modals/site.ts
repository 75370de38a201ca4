import { fileURLToPath } from 'node:url';
import { build, type InlineConfig, preview } from 'vite';
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
  await build(settings);
  const server = await preview({ ...settings, preview: { port, strictPort: true } });
  return { origin: `http://localhost:${port}`, stop: () => server.close() };
}
