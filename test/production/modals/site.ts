import { fileURLToPath } from 'node:url';
import { buildForProduction, type ServedApp, serveBuild } from '../viteSite.ts';

/** Builds the app of this folder into a folder of the test file, and serves it. */
export async function serveModals(testFile: string, firstPort: number): Promise<ServedApp> {
  const settings = {
    root: fileURLToPath(new URL('.', import.meta.url)),
    build: { outDir: `dist/${testFile}` },
  };
  await buildForProduction(settings);
  return serveBuild(settings, firstPort);
}
