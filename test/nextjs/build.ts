import { buildExample } from '../../examples/nextjs-auth0/serve.js';

/** Once before all, so that two test files do not build over each other. */
export default function setup(): void {
  buildExample();
}
