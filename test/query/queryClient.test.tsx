import {
  type QueryClient as AppQueryClient,
  keepPreviousData,
  onlineManager,
  QueryClient,
  QueryClientProvider,
  useMutation,
  useQuery,
} from '@tanstack/react-query';
import { act, cleanup, render, screen } from '@testing-library/react';
import { type ReactNode, StrictMode, useState } from 'react';
import {
  QueryClientSync,
  type QueryClientSyncProps,
  retryUnlessRefused,
} from 'session-clock/query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  rolling,
  type SessionClientOptions,
  SessionError,
  type SessionErrorCode,
} from '../../src/index.js';
import { open, type Page } from '../react/page.js';
import { Deferred, never } from '../support/promises.js';

const grace = { user: { sub: 'grace' } };

let queries: AppQueryClient;
let page: Page;
/** The answer of the app's server. */
let answer: () => Promise<string>;
let requests: number;

/** Shows the user's data, which the app has fetched. */
function Inbox(): ReactNode {
  const { data, status, error } = useQuery({
    queryKey: ['inbox'],
    queryFn: () => {
      requests++;
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

function wrap(tree: ReactNode): ReactNode {
  return (
    <StrictMode>
      <QueryClientProvider client={queries}>{tree}</QueryClientProvider>
    </StrictMode>
  );
}

async function openPage(
  children: ReactNode,
  props: QueryClientSyncProps = {},
  options: Partial<SessionClientOptions> = {},
): Promise<void> {
  const synced = (
    <>
      <QueryClientSync {...props} />
      {children}
    </>
  );
  page = await open(synced, { policy: rolling({ idle: '1h' }), ...options }, wrap);
  await settle();
}

function openInbox(props: QueryClientSyncProps = {}): Promise<void> {
  return openPage(<Inbox />, props);
}

/** The app's cache uses the real clock, and notifies its observers asynchronously. */
async function settle(): Promise<void> {
  for (let count = 0; count < 8; count++) {
    await act(() => new Promise((resolve) => setTimeout(resolve, 4)));
    await page.advance(0);
  }
}

const shown = (): string | null => screen.getByRole('status').textContent;
const returns = (text: string) => () => Promise.resolve(text);
const fails = (code: SessionErrorCode) => () => Promise.reject(new SessionError(code, 'no'));

beforeEach(() => {
  queries = new QueryClient();
  answer = returns('Ada’s mail');
  requests = 0;
});
afterEach(() => {
  cleanup();
  queries.clear();
});

describe('the user’s queries', () => {
  it('are removed when another user signs in, and fetched for that user', async () => {
    await openInbox();
    queries.setQueryData(['drafts'], 'Ada’s drafts');
    expect(shown()).toBe('Ada’s mail');
    answer = returns('Grace’s mail');
    page.source.session = grace;
    await act(() => page.client.login());
    await settle();
    expect(shown()).toBe('Grace’s mail');
    expect(queries.getQueryData(['drafts'])).toBeUndefined();
    expect(requests).toBe(2);
  });

  it('are removed when the same `sub` signs in to another tenant, if userKey distinguishes them', async () => {
    const userKey: SessionClientOptions['userKey'] = ({ user }) => `${user.sub} ${user['tenant']}`;
    await openPage(<Inbox />, {}, { userKey });
    answer = returns('mail of the other tenant');
    page.source.session = { user: { sub: 'ada', tenant: 'other' } };
    await act(() => page.client.login());
    await settle();
    expect(shown()).toBe('mail of the other tenant');
  });

  it('are removed when the user signs out, and not fetched again', async () => {
    await openInbox();
    queries.setQueryData(['drafts'], 'Ada’s drafts');
    await act(() => page.client.logout());
    await settle();
    expect(shown()).toBe('pending');
    expect(queries.getQueryData(['drafts'])).toBeUndefined();
    expect(requests).toBe(1);
  });

  it('are not restored by an answer to a running request', async () => {
    const late = new Deferred<string>();
    answer = () => late.promise;
    await openInbox();
    await act(() => page.client.logout());
    late.resolve('Ada’s mail');
    await settle();
    expect(shown()).toBe('pending');
  });

  it('stay when the session expires, and after the same user has signed in again', async () => {
    await openInbox();
    queries.setQueryData(['drafts'], 'Ada’s drafts');
    act(() => page.client.notifyRevoked());
    await settle();
    expect(shown()).toBe('Ada’s mail');
    await act(() => page.client.login());
    await settle();
    expect([shown(), queries.getQueryData(['drafts'])]).toEqual(['Ada’s mail', 'Ada’s drafts']);
    expect(requests).toBe(1);
  });

  it('are removed when another user signs in after the session expired, or the user signs out then', async () => {
    await openInbox();
    act(() => page.client.notifyRevoked());
    page.source.session = grace;
    answer = returns('Grace’s mail');
    await act(() => page.client.login());
    await settle();
    expect(shown()).toBe('Grace’s mail');
    act(() => page.client.notifyRevoked());
    await act(() => page.client.logout());
    await settle();
    expect(shown()).toBe('pending');
  });

  it('are fetched again for the user who signs in on the same page after a sign-out', async () => {
    await openInbox();
    await act(() => page.client.logout());
    await settle();
    page.source.session = grace;
    answer = returns('Grace’s mail');
    await act(() => page.client.login());
    await settle();
    expect([shown(), requests]).toEqual(['Grace’s mail', 2]);
  });

  it('are not kept as the placeholder of another query', async () => {
    let openPageNumber = (_number: number): void => {};
    let hangs = false;
    function Pages(): ReactNode {
      const [number, setNumber] = useState(1);
      openPageNumber = setNumber;
      const { data, status } = useQuery({
        queryKey: ['page', number],
        queryFn: () => (hangs ? never() : Promise.resolve('Ada’s page')),
        placeholderData: keepPreviousData,
      });
      return <output>{data ?? status}</output>;
    }
    await openPage(<Pages />);
    hangs = true;
    act(() => openPageNumber(2));
    expect(shown()).toBe('Ada’s page');
    await act(() => page.client.logout());
    await settle();
    expect(shown()).toBe('pending');
  });

  it('are removed even if no sync ran while another user signed in', async () => {
    let show = (_isShown: boolean): void => {};
    function Guarded(): ReactNode {
      const [isShown, setShown] = useState(true);
      show = setShown;
      return isShown && <Synced />;
    }
    const Synced = (): ReactNode => (
      <>
        <QueryClientSync />
        <Inbox />
      </>
    );
    page = await open(<Guarded />, { policy: rolling({ idle: '1h' }) }, wrap);
    await settle();
    act(() => show(false));
    page.source.session = grace;
    answer = returns('Grace’s mail');
    await act(() => page.client.login());
    act(() => show(true));
    await settle();
    expect(shown()).toBe('Grace’s mail');
  });

  it('are those that `isPrivate` selects', async () => {
    await openInbox({ isPrivate: () => false });
    await act(() => page.client.logout());
    await settle();
    expect(shown()).toBe('Ada’s mail');
  });
});

describe('a mutation that is pending when another user signs in', () => {
  let sends: (() => Promise<string>)[];
  let outcome: string;

  function SendButton(): ReactNode {
    const { mutateAsync, status } = useMutation({
      retry: 3,
      retryDelay: 40,
      mutationFn: () => sends.shift()?.() ?? Promise.resolve('sent as Grace'),
      onSuccess: (mail) => queries.setQueryData(['inbox'], mail),
    });
    const send = (): void => {
      mutateAsync().then(
        (result) => (outcome = result),
        (error: { code?: string }) => (outcome = String(error.code)),
      );
    };
    return (
      <button type="button" onClick={send}>
        Send {status}
      </button>
    );
  }

  async function sendAndChangeUser(): Promise<void> {
    outcome = 'nothing yet';
    await openPage(
      <>
        <SendButton />
        <Inbox />
      </>,
    );
    await act(async () => screen.getByRole('button').click());
    page.source.session = grace;
    answer = returns('Grace’s mail');
    await act(() => page.client.login());
    await settle();
  }

  it('is not sent again for that user', async () => {
    const firstSend = vi.fn(() => Promise.reject(new Error('HTTP 503')));
    sends = [firstSend];
    await sendAndChangeUser();
    await vi.waitFor(() => expect(outcome).toBe('ERR_USER_CHANGED'), 10_000);
    expect(firstSend).toHaveBeenCalledTimes(1);
  });

  it('is rejected even if the browser goes offline while it waits for its retry', async () => {
    const firstSend = vi.fn(() => Promise.reject(new Error('HTTP 503')));
    sends = [firstSend];
    await sendAndChangeUser();
    try {
      onlineManager.setOnline(false);
      await act(() => new Promise((resolve) => setTimeout(resolve, 100)));
    } finally {
      onlineManager.setOnline(true);
    }
    await vi.waitFor(() => expect(outcome).toBe('ERR_USER_CHANGED'), 10_000);
    expect(firstSend).toHaveBeenCalledTimes(1);
  });

  it('does not write its result into the new user’s data', async () => {
    const late = new Deferred<string>();
    sends = [() => late.promise];
    await sendAndChangeUser();
    late.resolve('Ada’s new mail');
    await settle();
    expect(shown()).toBe('Grace’s mail');
  });

  it('is rejected, not sent, when it was paused offline and the network returns', async () => {
    sends = [];
    try {
      onlineManager.setOnline(false);
      await sendAndChangeUser();
      expect(outcome).toBe('nothing yet');
    } finally {
      onlineManager.setOnline(true);
    }
    await vi.waitFor(() => expect(outcome).toBe('ERR_USER_CHANGED'), 10_000);
  });
});

describe('a query that failed with a SessionError', () => {
  it.each<[string, SessionErrorCode, () => Promise<unknown>]>([
    [
      'after a sign-in',
      'ERR_LOGIN_CANCELLED',
      async () => {
        page.client.notifyRevoked();
        await page.client.login();
      },
    ],
    ['when a token is refreshed', 'ERR_REFRESH_FAILED', () => page.client.getAccessToken()],
    ['after a sign-in of the same user', 'ERR_LOGIN_CANCELLED', () => page.client.login()],
    [
      'when the connection is back',
      'ERR_NETWORK',
      async () => {
        for (const online of [false, true]) {
          page.env.online = online;
          page.env.resume();
        }
      },
    ],
  ])('is sent again %s', async (_case, code, resolveCause) => {
    answer = fails(code);
    await openInbox();
    const before = requests;
    await settle();
    expect([shown(), requests]).toEqual([code, before]);
    answer = returns('Ada’s mail');
    await act(resolveCause);
    await settle();
    expect([shown(), requests]).toEqual(['Ada’s mail', before + 1]);
  });

  it.each<SessionErrorCode>([
    'ERR_LOGIN_CANCELLED',
    'ERR_STEP_UP_REQUIRED',
    'ERR_INSUFFICIENT_SCOPE',
  ])('is not sent again at each refresh after %s', async (code) => {
    answer = fails(code);
    await openInbox();
    const before = requests;
    for (let count = 0; count < 3; count++) {
      await act(() => page.client.refresh());
      await settle();
    }
    expect(requests).toBe(before);
  });

  it.each([
    ['the user must act', new SessionError('ERR_REFRESH_FAILED', 'no'), 0, false],
    ['the failure may pass', new SessionError('ERR_NETWORK', 'no'), 0, true],
    ['the error is not a SessionError', new Error('no'), 2, true],
    ['all retries are used', new Error('no'), 3, false],
  ])('retryUnlessRefused decides when %s', (_case, error, failures, isRetried) => {
    expect(retryUnlessRefused(failures, error)).toBe(isRetried);
  });
});

describe('<QueryClientSync>', () => {
  it('stops the sync when it unmounts', async () => {
    await openInbox();
    page.unmount();
    await act(() => page.client.logout());
    expect(queries.getQueryData(['inbox'])).toBe('Ada’s mail');
  });

  it('throws an error that names the missing provider', () => {
    const spy = vi.spyOn(console, 'error').mockImplementation(() => {});
    const suppress = (event: ErrorEvent): void => event.preventDefault();
    addEventListener('error', suppress);
    expect(() => render(<QueryClientSync />)).toThrow(
      '<QueryClientSync> was used outside a <SessionProvider>',
    );
    removeEventListener('error', suppress);
    spy.mockRestore();
  });
});
