import type { ComponentType, ReactNode } from 'react';
import type { SessionClient } from '../core/sessionClient.js';
import type { Session, SessionSource } from '../core/types.js';
import { SessionProvider } from '../react/SessionProvider.js';
import { createTestClient, type TestClientOptions } from './testClient.js';
import { TestClock } from './testClock.js';
import { TestSource } from './testSource.js';

export interface RenderWithSessionOptions<Source extends SessionSource = TestSource>
  extends Omit<TestClientOptions, 'source'> {
  /** Who is signed in; `null`: nobody. Default: somebody whose `sub` is `'test-user'`. Not with a `source`. */
  session?: Session | null;
  /** Default: a `TestSource`. */
  source?: Source;
  /** As the provider's. */
  onLoginRequired?: () => void;
  /** What is around the provider, say a router. */
  wrapper?: ComponentType<{ children: ReactNode }>;
}

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
 * `TypeError` for both a `session` and a `source`, and where `@testing-library/react` is not installed.
 * @example
 * const { clock, source } = await renderWithSession(<App />, { policy: hybrid({ idle: '15m' }) });
 * await clock.advance('14m');
 * screen.getByRole('alertdialog');
 */
export async function renderWithSession<Source extends SessionSource = TestSource>(
  children: ReactNode,
  options: RenderWithSessionOptions<Source> = {},
): Promise<RenderedSession<Source>> {
  if (options.source && options.session !== undefined) {
    throw new TypeError(
      'renderWithSession() takes a session or a source, not both. Let the source say who is signed in.',
    );
  }
  const { act, render } = await import('@testing-library/react');
  teachDialogs();
  const { session, onLoginRequired, wrapper, clock = new TestClock(), ...others } = options;
  const source = (others.source ??
    new TestSource(session === undefined ? {} : { session })) as Source;
  clock.environment.around = (work) => act(work);
  const client = createTestClient({ ...others, source, clock });
  const page = (tree: ReactNode): ReactNode => (
    <SessionProvider client={client} {...(onLoginRequired && { onLoginRequired })}>
      {tree}
    </SessionProvider>
  );
  const view = render(page(children), wrapper && { wrapper });
  await clock.advance(0);
  return {
    client,
    source,
    clock,
    container: view.container,
    rerender: (tree) => view.rerender(page(tree)),
    unmount: view.unmount,
  };
}

/** jsdom knows `<dialog>`, but not how to open and close one. */
function teachDialogs(): void {
  const { prototype } = HTMLDialogElement;
  prototype.showModal ??= function open() {
    this.open = true;
  };
  prototype.close ??= function close() {
    this.open = false;
    this.dispatchEvent(new Event('close'));
  };
}
