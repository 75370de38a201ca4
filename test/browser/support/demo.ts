import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A running `npm start`. */
export interface RunningDemo {
  app: string;
  issuer: string;
  api: string;
  process: ChildProcess;
  /** Everything that it has printed so far. */
  output: () => string;
  /** Sends Ctrl-C; resolves with the exit code. */
  stop: () => Promise<number | null>;
}

const startScript = fileURLToPath(new URL('../../../scripts/start.js', import.meta.url));

export async function startDemo(
  port: number,
  env: Record<string, string> = {},
): Promise<RunningDemo> {
  const child = spawn(process.execPath, [startScript, '--port', String(port)], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      printed += chunk;
    });
  }
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const ready = new Promise<void>((resolve) => {
    child.stdout.on('data', () => {
      if (printed.includes('Ctrl-C')) resolve();
    });
  });
  await Promise.race([
    ready,
    exited.then((code) => {
      throw new Error(`npm start ended with ${code}:\n${printed}`);
    }),
  ]);
  const address = (name: string): string =>
    new RegExp(`${name}\\s+(http://localhost:\\d+)`).exec(printed)?.[1] ?? '';
  return {
    app: address('The Live story'),
    issuer: address('The provider'),
    api: address('The API'),
    process: child,
    output: () => printed,
    stop: async () => {
      child.kill('SIGINT');
      return exited;
    },
  };
}
