import type { ComponentType, ReactNode } from 'react';
import type { SessionClient } from '../core/shell/sessionClient.js';
import type { Session, SessionSource } from '../core/types.js';
import { SessionProvider } from '../react/SessionProvider.js';
import { createTestClient, type TestClientSettings } from './testClient.js';
import { TestClock } from './testClock.js';
import { TestSource } from './testSource.js';

// Now, not when it is needed: it cleans up after each test only if it is there before the first one.
const testingLibrary = await import('@testing-library/react').catch(() => null);

export type RenderWithSessionOptions<Source extends SessionSource = TestSource> =
  TestClientSettings & {
    /**
     * Who is signed in; `null`: nobody. Default: `initialSession`, else somebody whose `sub` is
     * `'test-user'`. Not with a `source`.
     */
    session?: Session | null | undefined;
    /** Default: a `TestSource`. */
    source?: Source | undefined;
    /** As the provider's. */
    onLoginRequired?: (() => void) | undefined;
    /** What is around the provider, say a router. */
    wrapper?: ComponentType<{ children: ReactNode }> | undefined;
  };

/** A page below a `SessionProvider`. */
export interface RenderedSession<Source extends SessionSource = TestSource> {
  readonly client: SessionClient;
  readonly source: Source;
  readonly clock: TestClock;
  readonly container: HTMLElement;
  /** Renders another tree in its place; the session goes on. */
  rerender(children: ReactNode): void;
  unmount(): void;
}

/**
 * Renders `children` below a `SessionProvider` by `@testing-library/react`, and lets the first answer
 * come in. Find what is shown by its `screen`; the clock moves within `act`. Rejects with a
 * `TypeError` for both a `session` and a `source`, and where there is no `@testing-library/react` or
 * no document.
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
      'renderWithSession() takes a session or a source, not both. Let the source say who is signed in.',
    );
  }
  const { act, render } = ready();
  const { initialSession } = others;
  const source = (others.source ??
    new TestSource({ session: session === undefined ? initialSession : session })) as Source;
  clock.environment.around = (work) => act(work);
  const client = createTestClient({ ...others, source, clock });
  const page = (tree: ReactNode): ReactNode => (
    <SessionProvider client={client} {...(onLoginRequired && { onLoginRequired })}>
      {tree}
    </SessionProvider>
  );
  // Awaited, or a tree that suspends at once is never shown.
  const { container, rerender, unmount } = await act(async () =>
    render(page(children), wrapper && { wrapper }),
  );
  await clock.advance(0);
  return { client, source, clock, container, unmount, rerender: (tree) => rerender(page(tree)) };
}

function ready(): NonNullable<typeof testingLibrary> {
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
