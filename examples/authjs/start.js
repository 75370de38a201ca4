// @ts-check
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { startDemo } from '../../demo/index.js';

const here = fileURLToPath(new URL('.', import.meta.url));
const next = fileURLToPath(new URL('../../node_modules/next/dist/bin/next', import.meta.url));
const port = Number(process.env['PORT'] ?? 3_200);
const origin = `http://localhost:${port}`;

const demo = await startDemo({
  appOrigins: [origin],
  redirectUris: [`${origin}/api/auth/callback/demo`],
});
const env = {
  ...process.env,
  NEXT_TELEMETRY_DISABLED: '1',
  NEXTAUTH_URL: origin,
  NEXTAUTH_SECRET: randomBytes(32).toString('hex'),
  ISSUER: demo.issuer,
  CLIENT_ID: 'session-clock-demo',
};
const build = fileURLToPath(new URL('../../scripts/build.js', import.meta.url));
for (const command of [[build], [next, 'build']]) {
  const { status } = spawnSync(process.execPath, command, { cwd: here, stdio: 'inherit', env });
  if (status !== 0) process.exit(status ?? 1);
}
const app = spawn(
  process.execPath,
  [next, 'start', '--hostname', '127.0.0.1', '--port', `${port}`],
  {
    cwd: here,
    stdio: 'inherit',
    env,
  },
);
console.log(`
  The app                    ${origin}
  Sign in as                 Ada Lovelace or Grace Hopper
  Revoke the refresh token   curl ${demo.apiUrl}/control/revoke
`);
app.once('exit', async () => {
  await demo.stop();
  process.exit();
});
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  process.once(signal, () => app.kill());
}
