// @ts-check
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

// Writes the table of docs/sources/README.md; test/sources/sourceTable.test.ts fails when it is stale.

const file = fileURLToPath(new URL('../test/sources/table/write.ts', import.meta.url));
await runnerImport(file, { configFile: false, logLevel: 'error' });
