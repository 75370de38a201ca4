import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { installFailure, root } from '../../scripts/dependencies.js';
import { unsupportedNode } from '../../scripts/nodeVersion.js';

const engines: string = JSON.parse(readFileSync(`${root}package.json`, 'utf8')).engines.node;

/** Runs a script in a Node that says it has the given version. */
function runAs(version: string, script: string) {
  const versions = `{ ...process.versions, node: '${version}' }`;
  const preload = `Object.defineProperty(process, 'versions', { value: ${versions} })`;
  return spawnSync(
    process.execPath,
    [
      `--import=data:text/javascript,${encodeURIComponent(preload)}`,
      fileURLToPath(new URL(`../../scripts/${script}`, import.meta.url)),
    ],
    { encoding: 'utf8', timeout: 30_000 },
  );
}

describe('on a Node that is too old', () => {
  const sentence =
    'session-clock needs Node 20.19 or a later 20.x, or Node 22.12 or newer, but this is Node 18.20.8.';

  it.each(['start.js', 'test.js', 'example.js'])(
    'scripts/%s says which version is needed, and exits with 1',
    (script) => {
      const { status, stdout, stderr } = runAs('18.20.8', script);
      expect({ status, stdout, stderr }).toEqual({
        status: 1,
        stdout: '',
        stderr: `${sentence}\n`,
      });
    },
  );

  it.each(['start.js', 'test.js'])(
    'scripts/%s imports nothing before the check that an old Node cannot parse',
    (script) => {
      const code = readFileSync(`${root}scripts/${script}`, 'utf8');
      expect([...code.matchAll(/^import\s.*?'(.*)';$/gm)].map(([, path]) => path)).toEqual([
        './nodeVersion.js',
      ]);
      const check = readFileSync(`${root}scripts/nodeVersion.js`, 'utf8');
      expect(check).not.toMatch(/'node:|\?\?|\?\.|\bawait\b/);
    },
  );

  it.each(['14.0.0', '18.20.8', '19.9.0', '20.18.3', '21.7.3', '22.11.0'])(
    'refuses %s',
    (version) => {
      expect(unsupportedNode(engines, version)).toContain(`but this is Node ${version}.`);
    },
  );

  it.each(['20.19.0', '20.20.2', '22.12.0', '23.0.0', '24.21.0', '26.0.0-nightly'])(
    'accepts %s',
    (version) => {
      expect(unsupportedNode(engines, version)).toBeNull();
    },
  );

  it('does not guess what an unknown range means', () => {
    expect(() => unsupportedNode('~20.1', '20.1.0')).toThrow('"~20.1" in engines');
  });
});

describe('when npm ci fails', () => {
  const registry = 'https://registry.npmjs.org/';

  it('names the registry if it cannot be reached', () => {
    const stderr = `npm error code ENOTFOUND\nnpm error network request to ${registry}react failed`;
    expect(installFailure(stderr, registry)).toBe(
      `npm ci cannot reach the registry ${registry} (ENOTFOUND). Check the network and npm's proxy and registry settings, and run this again.`,
    );
  });

  it('shows the output of npm for any other cause', () => {
    expect(installFailure('npm error code EUSAGE', registry)).toBe(
      'npm error code EUSAGE\nnpm ci failed, see its output above. Fix the cause, and run this again.',
    );
  });
});
