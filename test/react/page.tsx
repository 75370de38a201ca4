import { act, type RenderResult, render } from '@testing-library/react';
import type { ReactNode } from 'react';
import type { SessionClientOptions } from '../../src/core/options.js';
import { createSessionClient } from '../../src/core/shell/createSessionClient.js';
import type { SessionClient } from '../../src/core/shell/sessionClient.js';
import { SessionProvider } from '../../src/index.js';
import { TestEnvironment } from '../../src/testing/testEnvironment.js';
import { FakeSource } from '../support/fakeSource.js';

/** A page whose platform (time, network, visibility) and source a test controls. */
export interface Page extends RenderResult {
  env: TestEnvironment;
  source: FakeSource;
  client: SessionClient;
  advance: (ms: number) => Promise<void>;
}

/** Renders `children` below a provider, and waits for the source's first answer. */
export async function open(
  children: ReactNode,
  options: Partial<SessionClientOptions> = {},
  wrap: (tree: ReactNode) => ReactNode = (tree) => tree,
): Promise<Page> {
  const env = new TestEnvironment();
  env.runWork = (work) => act(work);
  const source = new FakeSource();
  const client = createSessionClient({ source, ...options }, env);
  const view = render(wrap(<SessionProvider client={client}>{children}</SessionProvider>));
  const advance = (ms: number): Promise<void> => env.advance(ms);
  await advance(0);
  return { ...view, env, source, client, advance };
}
