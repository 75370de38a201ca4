import { buildExample } from '../../examples/nextjs-auth0/serve.js';
import { buildApps, installPackage } from './apps.ts';

/** Once before all, so that two test files do not build over each other. */
export default async function setup(): Promise<void> {
  buildExample();
  installPackage();
  await buildApps();
}
