import { fileURLToPath } from 'node:url';
import type { SessionClient } from 'session-clock';
import type { TestClock, TestSource } from 'session-clock/testing';
import { buildForProduction, type ServedApp, serveBuild } from '../viteSite.ts';

/** What a test can reach in the page as `window.gallery`. */
export interface Gallery {
  readonly client: SessionClient;
  readonly clock: TestClock;
  readonly source: TestSource;
}

/** Builds the app of this folder into a folder of the test file, and serves it. */
export async function serveGallery(testFile: string, firstPort: number): Promise<ServedApp> {
  const settings = {
    root: fileURLToPath(new URL('.', import.meta.url)),
    build: { outDir: `dist/${testFile}` },
  };
  await buildForProduction(settings);
  return serveBuild(settings, firstPort);
}
