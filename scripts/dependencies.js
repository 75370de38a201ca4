// @ts-check
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { requireSupportedNode } from './nodeVersion.js';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** Installs the packages of the lock file if they are missing. Uses only Node's own modules. */
export function ensureDependencies() {
  // `npm start` and `npm test` have checked it already; `npm run example` begins here.
  requireSupportedNode();
  if (isInstalled()) return;
  console.log('Installing the dependencies from package-lock.json (npm ci) …');
  const { status, stderr } = npm(['ci', ...installOptions], 'inherit');
  if (status === 0) return;
  const registry = npm(['config', 'get', 'registry'], 'pipe').stdout.trim();
  throw new Error(installFailure(stderr, registry));
}

const installOptions = [
  '--no-audit',
  '--no-fund',
  '--loglevel=error',
  // By default npm waits up to a minute between its attempts, for each package.
  '--fetch-retry-mintimeout=1000',
  '--fetch-retry-maxtimeout=5000',
];

const networkErrors =
  /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ERR_SOCKET_TIMEOUT|ENETUNREACH|EHOSTUNREACH)\b/;

/**
 * Returns why `npm ci` has failed, and what to do.
 * @param {string} stderr the error output of npm
 * @param {string} registry the address of the registry that npm uses
 */
export function installFailure(stderr, registry) {
  const code = networkErrors.exec(stderr)?.[1];
  return code
    ? `npm ci cannot reach the registry ${registry} (${code}). Check the network and npm's proxy and registry settings, and run this again.`
    : `${stderr}\nnpm ci failed, see its output above. Fix the cause, and run this again.`;
}

/**
 * @param {string[]} args
 * @param {'inherit' | 'pipe'} stdout
 */
function npm(args, stdout) {
  const isWindows = process.platform === 'win32';
  return spawnSync(isWindows ? 'npm.cmd' : 'npm', args, {
    cwd: root,
    stdio: ['inherit', stdout, 'pipe'],
    encoding: 'utf8',
    shell: isWindows,
  });
}

function isInstalled() {
  const installed = `${root}node_modules/.package-lock.json`;
  if (!existsSync(installed)) return false;
  const required = packagesOf(`${root}package-lock.json`);
  const present = packagesOf(installed);
  return Object.entries(required).every(
    // The lock file also lists packages for other platforms, which npm does not install here.
    ([path, { version, optional }]) =>
      path === '' || optional || present[path]?.version === version,
  );
}

/**
 * @param {string} lockFile
 * @returns {Record<string, { version?: string, optional?: boolean }>}
 */
function packagesOf(lockFile) {
  return JSON.parse(readFileSync(lockFile, 'utf8')).packages;
}
