// @ts-check
// Every supported and unsupported Node parses this file: only ES2015 syntax, and no `node:` prefix.
import { readFileSync } from 'fs';

/** Ends the process with one sentence if this Node is not in the `engines` range of package.json. */
export function requireSupportedNode() {
  const packageJson = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  const problem = unsupportedNode(JSON.parse(packageJson).engines.node, process.versions.node);
  if (problem === null) return;
  console.error(problem);
  process.exit(1);
}

/**
 * Returns a sentence that names both versions if the version is not in the range, else `null`.
 * @param {string} range `^x.y.z` and `>=x.y.z`, combined with `||`
 * @param {string} version `x.y.z`
 */
export function unsupportedNode(range, version) {
  const comparators = range.split('||').map(parseComparator);
  const running = parseVersion(version);
  if (comparators.some((comparator) => includes(comparator, running))) return null;
  const needed = comparators.map(describe).join(', or ');
  return `session-clock needs ${needed}, but this is Node ${version}.`;
}

/** @typedef {{ major: number, minor: number, patch: number }} Version */
/** @typedef {{ operator: '^' | '>=', from: Version }} Comparator */

/**
 * @param {string} text
 * @returns {Comparator}
 */
function parseComparator(text) {
  const match = /^\s*(\^|>=)\s*(\d[\d.]*)\s*$/.exec(text);
  if (!match) throw new Error(`"${text}" in engines is not supported. Use ^x.y.z or >=x.y.z.`);
  return { operator: match[1] === '^' ? '^' : '>=', from: parseVersion(match[2] || '') };
}

/**
 * @param {string} text
 * @returns {Version}
 */
function parseVersion(text) {
  const parts = text.split('.').map((part) => parseInt(part, 10));
  return { major: parts[0] || 0, minor: parts[1] || 0, patch: parts[2] || 0 };
}

/**
 * @param {Comparator} comparator
 * @param {Version} version
 */
function includes({ operator, from }, version) {
  if (version.major !== from.major) return operator === '>=' && version.major > from.major;
  if (version.minor !== from.minor) return version.minor > from.minor;
  return version.patch >= from.patch;
}

/** @param {Comparator} comparator */
function describe({ operator, from }) {
  const first = `Node ${from.major}.${from.minor}${from.patch > 0 ? `.${from.patch}` : ''}`;
  return operator === '^' ? `${first} or a later ${from.major}.x` : `${first} or newer`;
}
