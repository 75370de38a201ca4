import type { ComponentType, ReactNode } from 'react';
import type { SessionSource } from '../core/sessionSource.js';
import type { SessionClient } from '../core/shell/sessionClient.js';
import type { Session } from '../core/types.js';
import { SessionProvider } from '../react/SessionProvider.js';
import { createTestClient, type TestClientSettings } from './testClient.js';
import { TestClock } from './testClock.js';
import { TestSource } from './testSource.js';

// Imported eagerly: the library cleans up after each test only if it is loaded before the first one.
const testingLibrary = await import('@testing-library/react').catch(() => null);

export type RenderWithSessionOptions<Source extends SessionSource = TestSource> =
  TestClientSettings & {
    /**
     * The session on the server; `null`: none. Default: `initialSession`, else a session whose `sub`
     * is `'test-user'`. Cannot be combined with `source`.
     */
    session?: Session | null | undefined;
    /** Default: a `TestSource`. */
    source?: Source | undefined;
    /** As the prop of `SessionProvider`. */
    onLoginRequired?: (() => void) | undefined;
    /** A component around the provider, for example a router. */
    wrapper?: ComponentType<{ children: ReactNode }> | undefined;
  };

/** A page that is rendered below a `SessionProvider`. */
export interface RenderedSession<Source extends SessionSource = TestSource> {
  readonly client: SessionClient;
  readonly source: Source;
  readonly clock: TestClock;
  readonly container: HTMLElement;
  /** Replaces the rendered tree and keeps the session. */
  rerender(children: ReactNode): void;
  unmount(): void;
}

/**
 * Renders `children` below a `SessionProvider` with `@testing-library/react`, and waits for the
 * source's first answer. Query the page with the library's `screen`. The clock's methods run within
 * `act`. Rejects with a `TypeError` if both `session` and `source` are given, or if there is no
 * `@testing-library/react` or no document.
 * @example
 * const { clock, source } = await renderWithSession(<App />, { policy: hybrid({ idle: '15m' }) });
 * await clock.advance('14m');
 * screen.getByRole('alertdialog');
 */
export async function renderWithSession<Source extends SessionSource = TestSource>(
  children: ReactNode,
  options: RenderWithSessionOptions<Source> = {},
): Promise<RenderedSession<Source>> {
  const { session, onLoginRequired, wrapper, clock = new TestClock(), ...others } = options;
  if (others.source && session !== undefined) {
    throw new TypeError(
      'renderWithSession() got both a session and a source. Pass one of them; a source returns its own session.',
    );
  }
  const { act, render } = requireTestingLibrary();
  const { initialSession } = others;
  const source = (others.source ??
    new TestSource({ session: session === undefined ? initialSession : session })) as Source;
  clock.environment.runWork = (work) => act(work);
  const client = createTestClient({ ...others, source, clock });
  const page = (tree: ReactNode): ReactNode => (
    <SessionProvider client={client} {...(onLoginRequired && { onLoginRequired })}>
      {tree}
    </SessionProvider>
  );
  // Without the await, a tree that suspends at once never renders.
  const { container, rerender, unmount } = await act(async () =>
    render(page(children), wrapper && { wrapper }),
  );
  await clock.advance(0);
  return { client, source, clock, container, unmount, rerender: (tree) => rerender(page(tree)) };
}

function requireTestingLibrary(): NonNullable<typeof testingLibrary> {
  if (!testingLibrary) {
    throw new TypeError(
      'renderWithSession() needs @testing-library/react. Run npm install --save-dev @testing-library/react.',
    );
  }
  if (typeof document === 'undefined') {
    throw new TypeError(
      'renderWithSession() needs a document. Run the test in jsdom or a browser, or use createTestClient().',
    );
  }
  return testingLibrary;
}
