// @ts-check
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

// Measures what auth0-spa-js does alone in the drive of these tests: node test/browser/sources/sdkAlone.js

const file = fileURLToPath(new URL('sdkAlone.ts', import.meta.url));
const { module } = await runnerImport(file, { configFile: false, logLevel: 'error' });
console.table(/** @type {{ rows: object[] }} */ (module).rows);
process.exit();
