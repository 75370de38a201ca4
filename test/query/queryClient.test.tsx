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
import { rolling, SessionError, type SessionErrorCode } from '../../src/index.js';
import { open, type Page } from '../react/page.js';
import { Later, never } from '../support/promises.js';

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

function wrap(tree: ReactNode): ReactNode {
  return (
    <StrictMode>
      <QueryClientProvider client={queries}>{tree}</QueryClientProvider>
    </StrictMode>
  );
}

async function openPage(children: ReactNode, props: QueryClientSyncProps = {}): Promise<void> {
  const synced = (
    <>
      <QueryClientSync {...props} />
      {children}
    </>
  );
  page = await open(synced, { policy: rolling({ idle: '1h' }) }, wrap);
  await settle();
}

function openInbox(props: QueryClientSyncProps = {}): Promise<void> {
  return openPage(<Inbox />, props);
}

/** The app's own cache lives by the real clock, and tells of a change a moment later. */
async function settle(): Promise<void> {
  for (let moment = 0; moment < 8; moment++) {
    await act(() => new Promise((resolve) => setTimeout(resolve, 4)));
    await page.advance(0);
  }
}

const shown = (): string | null => screen.getByRole('status').textContent;
const says = (text: string) => () => Promise.resolve(text);
const refuses = (code: SessionErrorCode) => () => Promise.reject(new SessionError(code, 'no'));

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
    const late = new Later<string>();
    answer = () => late.promise;
    await openInbox();
    await act(() => page.client.logout());
    late.resolve('Ada’s mail');
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

  it('is fetched anew for whoever signs in on the same page after a sign-out', async () => {
    await openInbox();
    await act(() => page.client.logout());
    await settle();
    page.source.session = grace;
    answer = says('Grace’s mail');
    await act(() => page.client.login());
    await settle();
    expect([shown(), asked]).toEqual(['Grace’s mail', 2]);
  });

  it('is not kept as the placeholder of what is on its way', async () => {
    let turn = (_to: number): void => {};
    let hangs = false;
    function Pages(): ReactNode {
      const [number, setNumber] = useState(1);
      turn = setNumber;
      const { data, status } = useQuery({
        queryKey: ['page', number],
        queryFn: () => (hangs ? never() : Promise.resolve('Ada’s page')),
        placeholderData: keepPreviousData,
      });
      return <output>{data ?? status}</output>;
    }
    await openPage(<Pages />);
    hangs = true;
    act(() => turn(2));
    expect(shown()).toBe('Ada’s page');
    await act(() => page.client.logout());
    await settle();
    expect(shown()).toBe('pending');
  });

  it('is known for theirs also where nobody kept it in step meanwhile', async () => {
    let show = (_is: boolean): void => {};
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
    answer = says('Grace’s mail');
    await act(() => page.client.login());
    act(() => show(true));
    await settle();
    expect(shown()).toBe('Grace’s mail');
  });

  it('is what the app says it is', async () => {
    await openInbox({ isPrivate: () => false });
    await act(() => page.client.logout());
    await settle();
    expect(shown()).toBe('Ada’s mail');
  });
});

describe('a change that is not done yet when another signs in', () => {
  let sends: (() => Promise<string>)[];
  let outcome: string;

  function Changer(): ReactNode {
    const { mutateAsync, status } = useMutation({
      retry: 3,
      retryDelay: 40,
      mutationFn: () => sends.shift()?.() ?? Promise.resolve('sent as Grace'),
      onSuccess: (mail) => queries.setQueryData(['inbox'], mail),
    });
    const change = (): void => {
      mutateAsync().then(
        (done) => (outcome = done),
        (error: { code?: string }) => (outcome = String(error.code)),
      );
    };
    return (
      <button type="button" onClick={change}>
        Change {status}
      </button>
    );
  }

  async function changeAndHandOver(): Promise<void> {
    outcome = 'nothing yet';
    await openPage(
      <>
        <Changer />
        <Inbox />
      </>,
    );
    await act(async () => screen.getByRole('button').click());
    page.source.session = grace;
    answer = says('Grace’s mail');
    await act(() => page.client.login());
    await settle();
  }

  it('is not sent again as theirs', async () => {
    const fails = vi.fn(() => Promise.reject(new Error('HTTP 503')));
    sends = [fails];
    await changeAndHandOver();
    await vi.waitFor(() => expect(outcome).toBe('ERR_USER_CHANGED'), 10_000);
    expect(fails).toHaveBeenCalledTimes(1);
  });

  it('is not forgotten where the network goes while it waits to be sent again', async () => {
    const fails = vi.fn(() => Promise.reject(new Error('HTTP 503')));
    sends = [fails];
    await changeAndHandOver();
    try {
      onlineManager.setOnline(false);
      await act(() => new Promise((resolve) => setTimeout(resolve, 100)));
    } finally {
      onlineManager.setOnline(true);
    }
    await vi.waitFor(() => expect(outcome).toBe('ERR_USER_CHANGED'), 10_000);
    expect(fails).toHaveBeenCalledTimes(1);
  });

  it('does not write into what is theirs', async () => {
    const late = new Later<string>();
    sends = [() => late.promise];
    await changeAndHandOver();
    late.resolve('Ada’s new mail');
    await settle();
    expect(shown()).toBe('Grace’s mail');
  });

  it('does not wait for a network to be sent as theirs, nor for ever', async () => {
    sends = [];
    try {
      onlineManager.setOnline(false);
      await changeAndHandOver();
      expect(outcome).toBe('nothing yet');
    } finally {
      onlineManager.setOnline(true);
    }
    await vi.waitFor(() => expect(outcome).toBe('ERR_USER_CHANGED'), 10_000);
  });
});

describe('a query that was refused', () => {
  it.each<[string, SessionErrorCode, () => Promise<unknown>]>([
    [
      'after a sign-in',
      'ERR_LOGIN_CANCELLED',
      async () => {
        page.client.notifyRevoked();
        await page.client.login();
      },
    ],
    ['when a token has come', 'ERR_REFRESH_FAILED', () => page.client.getAccessToken()],
    ['after a sign-in of whoever was there', 'ERR_LOGIN_CANCELLED', () => page.client.login()],
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

  it.each<SessionErrorCode>([
    'ERR_LOGIN_CANCELLED',
    'ERR_STEP_UP_REQUIRED',
    'ERR_INSUFFICIENT_SCOPE',
  ])(
    'by %s is not asked for at each renewal: a question that was put off stays so',
    async (code) => {
      answer = refuses(code);
      await openInbox();
      const before = asked;
      for (let count = 0; count < 3; count++) {
        await act(() => page.client.refresh());
        await settle();
      }
      expect(asked).toBe(before);
    },
  );

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
