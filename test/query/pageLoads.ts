import { QueryClient } from '@tanstack/react-query';
import { createSessionClient } from '../../src/core/shell/createSessionClient.js';
import type { SessionClient } from '../../src/core/shell/sessionClient.js';
import type { SessionClientOptions } from '../../src/index.js';
import { TestEnvironment } from '../../src/testing/testEnvironment.js';
import { FakeSource } from '../support/fakeSource.js';

/** One load of the app's page: its memory is new, what the browser stores is not. */
export interface PageLoad {
  env: TestEnvironment;
  source: FakeSource;
  client: SessionClient;
  queryClient: QueryClient;
}

const loads: PageLoad[] = [];

/** Loads the page while `user` is signed in; `null`: no user. The client is not started. */
export function loadPage(
  user: string | null,
  options: Partial<SessionClientOptions> = {},
): PageLoad {
  const env = new TestEnvironment();
  const source = new FakeSource();
  source.session = user === null ? null : { user: { sub: user } };
  const client = createSessionClient({ source, ...options }, env);
  const queryClient = new QueryClient({
    defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY, gcTime: 86_400_000 } },
  });
  const load = { env, source, client, queryClient };
  loads.push(load);
  return load;
}

/** Loads the page, and waits until the session is known. */
export async function loadKnownPage(...args: Parameters<typeof loadPage>): Promise<PageLoad> {
  const load = loadPage(...args);
  load.client.start();
  await load.env.advance(0);
  return load;
}

export async function signIn({ source, client }: PageLoad, user: string): Promise<void> {
  source.session = { user: { sub: user } };
  await client.login();
}

/** The page is left: its timers and its memory are gone. */
export function leavePages(): void {
  for (const { client, queryClient } of loads.splice(0)) {
    client.stop();
    queryClient.clear();
    queryClient.unmount();
  }
}
