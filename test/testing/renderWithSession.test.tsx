import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { type ReactNode, StrictMode, Suspense, useState } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  hybrid,
  rolling,
  SessionError,
  SessionProvider,
  useAccessToken,
  useSessionActions,
  useSessionStatus,
  useStepUp,
} from '../../src/index.js';
import {
  createTestClient,
  type RenderWithSessionOptions,
  renderWithSession,
  TestClock,
  TestSource,
} from '../../src/testing/index.js';
import { ReloginDialog, SessionExpiryDialog } from '../../src/ui/index.js';

const consoleError = vi.spyOn(console, 'error');

// As in test runners with globals: React then logs an error for an update outside of `act`.
vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);

beforeEach(() => {
  consoleError.mockClear();
});
afterEach(() => {
  cleanup();
  expect(consoleError).not.toHaveBeenCalled();
});

function Page(): ReactNode {
  const state = useSessionStatus();
  const token = useAccessToken();
  return (
    <p>
      {state.status} {state.session?.user.sub ?? 'no-user'} {token.status} {state.connection}
    </p>
  );
}

const pageWithDialog: ReactNode = (
  <>
    <Page />
    <SessionExpiryDialog />
  </>
);

function shown(): string {
  return screen.getByText(/online|offline|degraded/).textContent ?? '';
}

describe('renderWithSession()', () => {
  it('renders a signed-in user by default', async () => {
    await renderWithSession(<Page />);
    expect(shown()).toBe('active test-user fresh online');
  });

  it('renders a signed-out page for session: null', async () => {
    await renderWithSession(<Page />, { session: null });
    expect(shown()).toBe('signed-out no-user none online');
  });

  it('renders the loading state while getSession hangs', async () => {
    const source = new TestSource();
    source.hang('getSession');
    const { clock } = await renderWithSession(<Page />, { source });
    expect(shown()).toMatch(/^loading/);
    source.recover();
    await clock.advance(0);
    expect(shown()).toMatch(/^active/);
  });

  it('moves to expiring and expired with the clock', async () => {
    const { clock } = await renderWithSession(<Page />, { policy: rolling({ idle: '15m' }) });
    await clock.advance('12m');
    expect(shown()).toMatch(/^active/);
    await clock.advance('1m');
    expect(shown()).toMatch(/^expiring/);
    await clock.advance('2m');
    expect(shown()).toMatch(/^expired test-user/);
  });

  it('counts a click in the document and clock.simulateActivity() as activity', async () => {
    const { clock } = await renderWithSession(<Page />, { policy: rolling({ idle: '15m' }) });
    await clock.advance('10m');
    fireEvent.pointerDown(document.body);
    await clock.advance('10m');
    expect(shown()).toMatch(/^active/);
    await clock.simulateActivity();
    await clock.advance('10m');
    expect(shown()).toMatch(/^active/);
  });

  it('verifies a deadline that passed during sleep', async () => {
    const policy = rolling({ idle: '15m' });
    const { clock, source } = await renderWithSession(<Page />, { policy });
    const { getSession } = source.requestCounts;
    const before = clock.now();
    await clock.sleep('1h');
    expect(source.requestCounts.getSession).toBe(getSession + 1);
    expect(clock.now()).toBe(before + 3_600_000);
  });

  it('goes offline and online with clock.setOnline()', async () => {
    const { clock } = await renderWithSession(<Page />);
    await clock.setOnline(false);
    expect(shown()).toMatch(/offline$/);
    await clock.setOnline(true);
    expect(shown()).toMatch(/online$/);
  });

  it('keeps the session while the source fails, and repeats the request after retryAfter', async () => {
    const { clock, source } = await renderWithSession(<Page />);
    source.fail(
      new SessionError('ERR_RATE_LIMITED', 'Not now.', { retryAfter: 60_000 }),
      'getAccessToken',
    );
    await clock.advance('10m');
    expect(shown()).toMatch(/degraded$/);
    const { getAccessToken } = source.requestCounts;
    source.recover();
    await clock.advance('1m');
    expect(source.requestCounts.getAccessToken).toBe(getAccessToken + 1);
    expect(shown()).toBe('active test-user fresh online');
  });

  it('receives the events of source.emit()', async () => {
    const { source } = await renderWithSession(<Page />);
    act(() => source.emit({ type: 'revoked' }));
    expect(shown()).toMatch(/^expired/);
    expect(source.session).toBeNull();
  });

  it('keeps its session across rerender(), also in StrictMode', async () => {
    const { rerender, source } = await renderWithSession(<Page />, {
      wrapper: StrictMode,
    });
    rerender(
      <main>
        <Page />
      </main>,
    );
    expect(shown()).toMatch(/^active/);
    expect(source.requestCounts.getSession).toBe(1);
  });

  it('runs the clock’s methods in order, even if they are not awaited', async () => {
    const { clock } = await renderWithSession(<Page />, { policy: rolling({ idle: '15m' }) });
    const first = clock.now();
    await Promise.all([clock.advance('10m'), clock.simulateActivity(), clock.advance('10m')]);
    expect(clock.now()).toBe(first + 1_200_000);
    expect(shown()).toMatch(/^active/);
  });

  it('renders a tree that suspends at first', async () => {
    let isLoaded = false;
    const loading = Promise.resolve().then(() => {
      isLoaded = true;
    });
    function Late(): ReactNode {
      if (!isLoaded) throw loading;
      return <Page />;
    }
    await renderWithSession(
      <Suspense fallback="wait">
        <Late />
      </Suspense>,
    );
    expect(shown()).toMatch(/^active/);
  });

  it('does not disturb another page whose clock advances at the same time', async () => {
    const one = await renderWithSession(<i>one</i>);
    const other = await renderWithSession(<i>other</i>);
    await Promise.all([one.clock.advance('1m'), other.clock.advance('1m')]);
    one.rerender(<i>still here</i>);
    screen.getByText('still here');
  });

  it('uses initialSession as the session on the server', async () => {
    const initialSession = { user: { sub: 'ada' } };
    const { clock } = await renderWithSession(<Page />, { initialSession, policy: undefined });
    await clock.sleep('1h');
    expect(shown()).toMatch(/^active ada/);
  });

  it('accepts a source and a clock', async () => {
    const clock = new TestClock({ now: Date.UTC(2030, 0, 1) });
    const source = { name: 'mine', getSession: async () => ({ user: { sub: 'ada' } }) };
    const page = await renderWithSession(<Page />, { source, clock });
    expect(page.source).toBe(source);
    expect(page.client.now()).toBe(Date.UTC(2030, 0, 1));
    expect(shown()).toMatch(/^active ada/);
  });
});

describe('the dialogs', () => {
  it('extend the session with a TestSource', async () => {
    const source = new TestSource({ sessionLifetime: '1h' });
    const { clock } = await renderWithSession(pageWithDialog, { source });
    await clock.advance('59m');
    fireEvent.click(screen.getByRole('button', { name: 'Stay signed in' }));
    await clock.advance('59m');
    expect(shown()).toMatch(/^expiring/);
    expect(source.requestCounts.extend).toBe(1);
  });

  it('stay open in StrictMode until the user answers', async () => {
    const { clock, source } = await renderWithSession(
      <>
        <Page />
        <SessionExpiryDialog />
        <ReloginDialog />
      </>,
      { policy: rolling({ idle: '15m' }), wrapper: StrictMode },
    );
    await clock.advance('14m');
    expect(shown()).toMatch(/^expiring/);
    expect(source.requestCounts.extend).toBe(0);
    await clock.advance('1m');
    expect(shown()).toMatch(/^expired/);
    screen.getByRole('button', { name: 'Sign in again' });
  });

  it('extend the session by Escape, as in a browser', async () => {
    const { clock, source } = await renderWithSession(<SessionExpiryDialog />, {
      policy: rolling({ idle: '15m' }),
    });
    await clock.advance('14m');
    fireEvent.keyDown(document.activeElement ?? document.body, { key: 'Escape' });
    await clock.advance(0);
    expect(source.requestCounts.extend).toBe(1);
  });

  it('offer only what the source supports', async () => {
    const source = new TestSource({ sessionLifetime: '1h', without: ['extend', 'getAccessToken'] });
    const { clock } = await renderWithSession(pageWithDialog, { source });
    await clock.advance('59m');
    expect(screen.queryByRole('button', { name: 'Stay signed in' })).toBeNull();
    expect(shown()).toMatch(/^expiring test-user (none|unavailable)/);
  });

  it('sign the user in again, and the waiting call continues', async () => {
    function Transfer(): ReactNode {
      const { getAccessToken } = useSessionActions();
      const [sent, setSent] = useState('');
      return (
        <>
          <button type="button" onClick={() => void getAccessToken().then(setSent)}>
            Send
          </button>
          <output>{sent}</output>
          <ReloginDialog />
        </>
      );
    }
    const { clock, source } = await renderWithSession(<Transfer />, { policy: hybrid() });
    source.fail('ERR_REFRESH_FAILED', 'getAccessToken');
    await clock.advance('10m');
    fireEvent.click(screen.getByRole('button', { name: 'Send', hidden: true }));
    await clock.advance(0);
    source.recover();
    fireEvent.click(screen.getByRole('button', { name: 'Sign in again' }));
    await clock.advance(0);
    const { getAccessToken } = source.requestCounts;
    expect(screen.queryByText(`test-token-${getAccessToken}`)).not.toBeNull();
    expect(source.requestCounts.login).toBe(1);
  });

  it('ask for a step-up', async () => {
    function Wire(): ReactNode {
      const { ensure } = useStepUp();
      const [state, setState] = useState('pending');
      return (
        <>
          <button
            type="button"
            onClick={() => void ensure({ acrValues: ['mfa'] }).then(() => setState('confirmed'))}
          >
            Wire
          </button>
          <output>{state}</output>
          <ReloginDialog />
        </>
      );
    }
    const { clock, source } = await renderWithSession(<Wire />);
    fireEvent.click(screen.getByRole('button', { name: 'Wire' }));
    await clock.advance(0);
    fireEvent.click(screen.getByRole('button', { name: /sign in|confirm/i }));
    await clock.advance(0);
    expect(screen.queryByText('confirmed')).not.toBeNull();
    expect(source.loginRequests).toEqual([{ acrValues: ['mfa'] }]);
  });
});

it('a client of createTestClient() shows the dialogs in jsdom', async () => {
  const clock = new TestClock();
  const client = createTestClient({
    source: new TestSource(),
    clock,
    policy: rolling({ idle: '15m' }),
  });
  render(
    <SessionProvider client={client}>
      <SessionExpiryDialog />
    </SessionProvider>,
  );
  await act(() => clock.advance('14m'));
  screen.getByRole('alertdialog');
});

/** A helper as an app may have it: it passes optional options on. */
function renderAsAda(options: RenderWithSessionOptions) {
  return renderWithSession(<Page />, { session: { user: { sub: 'ada' } }, ...options });
}

it('treats an undefined option as not given', async () => {
  await renderAsAda({ policy: hybrid(), onEvent: undefined });
  expect(shown()).toMatch(/^active ada/);
});

describe('throws a TypeError that says what to do', () => {
  it('for both a session and a source', async () => {
    const both = renderWithSession(<Page />, { session: null, source: new TestSource() });
    await expect(both).rejects.toThrow(TypeError);
    await expect(both).rejects.toThrow('Pass one of them');
  });

  it('for an invalid duration or instant', () => {
    const soon = 'soon' as '1m';
    expect(() => new TestClock().advance(soon)).toThrow(TypeError);
    expect(() => new TestClock().sleep(-1)).toThrow(TypeError);
    expect(() => new TestSource({ accessTokenLifetime: soon })).toThrow('accessTokenLifetime');
    expect(() => new TestSource({ sessionLifetime: soon })).toThrow('sessionLifetime');
    expect(() => new TestSource({ sessionLifetime: 0 })).toThrow('sessionLifetime');
    expect(() => new TestClock({ now: Number.NaN })).toThrow('it is NaN');
  });

  it('for an unknown request', () => {
    const source = new TestSource();
    for (const method of ['hang', 'recover'] as const) {
      expect(() => source[method]('getToken' as 'login')).toThrow('Use one of getSession');
    }
    expect(() => source.fail('ERR_NETWORK', 'getToken' as 'login')).toThrow(TypeError);
  });
});
