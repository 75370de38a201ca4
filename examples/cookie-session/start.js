// @ts-check
import { fileURLToPath } from 'node:url';
import { createServer as createVite } from 'vite';
import { aliases } from '../../vite.shared.js';
import { startServer } from './server.js';

const vite = await createVite({
  root: fileURLToPath(new URL('.', import.meta.url)),
  configFile: false,
  appType: 'spa',
  logLevel: 'warn',
  // The source of this repository instead of the installed package.
  resolve: { alias: aliases },
  server: { middlewareMode: true },
});
const port = Number(process.env['PORT'] ?? 3_100);
await startServer(port, vite.middlewares);
console.log(`
  The app                http://localhost:${port}
  Revoke all sessions    curl -X POST http://localhost:${port}/end-all-sessions
`);
