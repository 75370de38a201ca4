import {
  type QueryClient as AppQueryClient,
  QueryClient,
  QueryClientProvider,
  useQuery,
} from '@tanstack/react-query';
import { act, cleanup, render, screen } from '@testing-library/react';
import { type ReactNode, StrictMode } from 'react';
import { QueryClientSync, retryUnlessRefused } from 'session-clock/query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { rolling, SessionError } from '../../src/index.js';
import { open, type Page } from '../react/page.js';

const grace = { user: { sub: 'grace' } };

let queries: AppQueryClient;
let page: Page;
/** What the app's server says. */
let answer: () => Promise<string>;
let asked: number;

/** Shows what the app has fetched for whoever is signed in. */
function Inbox(): ReactNode {
  const { data, status, error } = useQuery({
    queryKey: ['inbox'],
    queryFn: () => {
      asked++;
      return answer();
    },
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <p>
      <output>{data ?? (error instanceof SessionError ? error.code : status)}</output>
    </p>
  );
}

async function openInbox(props: { isPrivate?: () => boolean } = {}): Promise<void> {
  page = await open(
    <>
      <QueryClientSync {...props} />
      <Inbox />
    </>,
    { policy: rolling({ idle: '1h' }) },
    (tree) => (
      <StrictMode>
        <QueryClientProvider client={queries}>{tree}</QueryClientProvider>
      </StrictMode>
    ),
  );
  await settle();
}

/** The app's own cache lives by the real clock. */
async function settle(): Promise<void> {
  await act(() => new Promise((resolve) => setTimeout(resolve, 20)));
  await page.advance(0);
}

const shown = (): string | null => screen.getByRole('status').textContent;
const says = (text: string) => () => Promise.resolve(text);
const refuses = (code: 'ERR_LOGIN_CANCELLED' | 'ERR_NETWORK') => () =>
  Promise.reject(new SessionError(code, 'no'));

beforeEach(() => {
  queries = new QueryClient();
  answer = says('Ada’s mail');
  asked = 0;
});
afterEach(() => {
  cleanup();
  queries.clear();
});

describe('what a person has fetched', () => {
  it('is forgotten when another signs in, and fetched for them', async () => {
    await openInbox();
    queries.setQueryData(['drafts'], 'Ada’s drafts');
    expect(shown()).toBe('Ada’s mail');
    answer = says('Grace’s mail');
    page.source.session = grace;
    await act(() => page.client.login());
    await settle();
    expect(shown()).toBe('Grace’s mail');
    expect(queries.getQueryData(['drafts'])).toBeUndefined();
    expect(asked).toBe(2);
  });

  it('is forgotten when they sign out, and not fetched again', async () => {
    await openInbox();
    queries.setQueryData(['drafts'], 'Ada’s drafts');
    await act(() => page.client.logout());
    await settle();
    expect(shown()).toBe('pending');
    expect(queries.getQueryData(['drafts'])).toBeUndefined();
    expect(asked).toBe(1);
  });

  it('is not brought back by an answer that was on its way', async () => {
    let arrive = (_mail: string): void => {};
    answer = () =>
      new Promise((resolve) => {
        arrive = resolve;
      });
    await openInbox();
    await act(() => page.client.logout());
    arrive('Ada’s mail');
    await settle();
    expect(shown()).toBe('pending');
  });

  it('stays when the session ends under their hands, and after they have signed in again', async () => {
    await openInbox();
    queries.setQueryData(['drafts'], 'Ada’s drafts');
    act(() => page.client.notifyRevoked());
    await settle();
    expect(shown()).toBe('Ada’s mail');
    await act(() => page.client.login());
    await settle();
    expect([shown(), queries.getQueryData(['drafts'])]).toEqual(['Ada’s mail', 'Ada’s drafts']);
    expect(asked).toBe(1);
  });

  it('is forgotten when another takes over an ended session, or they sign out of it', async () => {
    await openInbox();
    act(() => page.client.notifyRevoked());
    page.source.session = grace;
    answer = says('Grace’s mail');
    await act(() => page.client.login());
    await settle();
    expect(shown()).toBe('Grace’s mail');
    act(() => page.client.notifyRevoked());
    await act(() => page.client.logout());
    await settle();
    expect(shown()).toBe('pending');
  });

  it('is what the app says it is', async () => {
    await openInbox({ isPrivate: () => false });
    await act(() => page.client.logout());
    await settle();
    expect(shown()).toBe('Ada’s mail');
  });

  it('is sent for nobody else: a change that waits for the network goes with them', async () => {
    await openInbox();
    const send = vi.fn(() => Promise.resolve());
    queries.getMutationCache().build(
      queries,
      { mutationFn: send },
      {
        ...{ context: undefined, data: undefined, error: null, failureCount: 0 },
        ...{ failureReason: null, variables: undefined, submittedAt: 0 },
        isPaused: true,
        status: 'pending',
      },
    );
    page.source.session = grace;
    await act(() => page.client.login());
    await act(() => queries.resumePausedMutations());
    expect(send).not.toHaveBeenCalled();
  });
});

describe('a query that was refused', () => {
  it.each<[string, 'ERR_LOGIN_CANCELLED' | 'ERR_NETWORK', () => Promise<unknown>]>([
    [
      'after a sign-in',
      'ERR_LOGIN_CANCELLED',
      async () => {
        page.client.notifyRevoked();
        await page.client.login();
      },
    ],
    ['when a token has come', 'ERR_LOGIN_CANCELLED', () => page.client.getAccessToken()],
    [
      'when the connection is back',
      'ERR_NETWORK',
      async () => {
        for (const online of [false, true]) {
          page.env.online = online;
          page.env.stir();
        }
      },
    ],
  ])('is sent again %s', async (_case, code, comeBack) => {
    answer = refuses(code);
    await openInbox();
    const before = asked;
    await settle();
    expect([shown(), asked]).toEqual([code, before]);
    answer = says('Ada’s mail');
    await act(comeBack);
    await settle();
    expect([shown(), asked]).toEqual(['Ada’s mail', before + 1]);
  });

  it.each([
    ['a person has to act', new SessionError('ERR_REFRESH_FAILED', 'no'), 0, false],
    ['it may pass', new SessionError('ERR_NETWORK', 'no'), 0, true],
    ['it is none of ours', new Error('no'), 2, true],
    ['it was tried often enough', new Error('no'), 3, false],
  ])('is retried or not, as is right where %s', (_case, error, failures, isRetried) => {
    expect(retryUnlessRefused(failures, error)).toBe(isRetried);
  });
});

describe('<QueryClientSync>', () => {
  it('leaves nothing behind', async () => {
    await openInbox();
    page.unmount();
    await act(() => page.client.logout());
    expect(queries.getQueryData(['inbox'])).toBe('Ada’s mail');
  });

  it('names what it misses', () => {
    const spy = vi.spyOn(console, 'error').mockImplementation(() => {});
    const hush = (event: ErrorEvent): void => event.preventDefault();
    addEventListener('error', hush);
    expect(() => render(<QueryClientSync />)).toThrow(
      '<QueryClientSync> found no <SessionProvider>',
    );
    removeEventListener('error', hush);
    spy.mockRestore();
  });
});
