import { buildExample } from '../../examples/nextjs-auth0/serve.js';
import { buildApps, installPackage } from './apps.ts';

/** Runs once before all tests, so that two test files do not overwrite each other's build. */
export default async function setup(): Promise<void> {
  buildExample();
  installPackage();
  await buildApps();
}
