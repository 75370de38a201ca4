// @ts-check
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureChromium } from './chromium.js';
import { ensureDependencies, root } from './dependencies.js';

const results = { passed: 0, failed: 0, skipped: 0 };
const env = { ...process.env };

/** Runs all checks, also after one has failed, and prints how many passed. */
async function main() {
  ensureDependencies();
  env['CHROMIUM_PATH'] = await ensureChromium();
  step('Types', ['npm', 'run', '--silent', 'types']);
  step('Lint', ['npm', 'run', '--silent', 'lint']);
  step('Package', ['npm', 'run', '--silent', 'package']);
  tests(process.argv.slice(2));
  console.log(`\n${results.passed} passed, ${results.failed} failed, ${results.skipped} skipped`);
  process.exitCode = results.failed > 0 ? 1 : 0;
}

/**
 * @param {string} title
 * @param {string[]} command
 */
function step(title, command) {
  if (run(title, command)) results.passed++;
  else results.failed++;
}

/** @param {string[]} args */
function tests(args) {
  const folder = mkdtempSync(join(tmpdir(), 'session-clock-'));
  const report = join(folder, 'report.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const isPassed = run('Tests', ['npx', 'vitest', 'run', ...reporters, ...args]);
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = read(report);
  results.passed += numPassedTests;
  results.skipped += numPendingTests + numTodoTests;
  // A run that crashed or found no test counts as one failure.
  results.failed += numFailedTests || (isPassed && numPassedTests > 0 ? 0 : 1);
  rmSync(folder, { recursive: true });
}

/** @param {string} report */
function read(report) {
  try {
    return JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    return { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 };
  }
}

/**
 * @param {string} title
 * @param {string[]} command
 */
function run(title, [command = '', ...args]) {
  console.log(`\n── ${title}`);
  const startedAt = Date.now();
  const { status } = spawnSync(command, args, {
    cwd: root,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  const seconds = ((Date.now() - startedAt) / 1_000).toFixed(1);
  console.log(`── ${title}: ${status === 0 ? 'passed' : 'failed'} (${seconds} s)`);
  return status === 0;
}

main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
