import { build, type InlineConfig, preview } from 'vite';
import { freePort } from '../../scripts/ports.js';

/** A running server of an app's production build. */
export interface ServedApp {
  readonly origin: string;
  stop(): Promise<void>;
}

/** Builds an app with the default settings of Vite and those that are given. */
export async function buildForProduction(settings: InlineConfig): Promise<void> {
  const before = process.env;
  // Vite keeps the `test` that Vitest has set, and would build React for development.
  process.env = { ...before, NODE_ENV: 'production' };
  try {
    await build({ configFile: false, logLevel: 'error', ...settings });
  } finally {
    process.env = before;
  }
}

/** Serves the build. `firstPort`: another one for each test file, because they run at the same time. */
export async function serveBuild(settings: InlineConfig, firstPort: number): Promise<ServedApp> {
  const port = await freePort(firstPort);
  const server = await preview({
    configFile: false,
    logLevel: 'error',
    ...settings,
    preview: { ...settings.preview, port, strictPort: true },
  });
  return { origin: `http://localhost:${port}`, stop: () => server.close() };
}
