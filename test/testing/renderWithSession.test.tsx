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

const complaints = vi.spyOn(console, 'error');

// As test runners with globals have it: React then complains of what happens outside of `act`.
vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);

beforeEach(() => {
  complaints.mockClear();
});
afterEach(() => {
  cleanup();
  expect(complaints).not.toHaveBeenCalled();
});

function Page(): ReactNode {
  const state = useSessionStatus();
  const token = useAccessToken();
  return (
    <p>
      {state.status} {state.session?.user.sub ?? 'nobody'} {token.status} {state.connection}
    </p>
  );
}

const pageThatWarns: ReactNode = (
  <>
    <Page />
    <SessionExpiryDialog />
  </>
);

function shown(): string {
  return screen.getByText(/online|offline|degraded/).textContent ?? '';
}

describe('a page that is rendered with a session', () => {
  it('knows at once who is signed in', async () => {
    await renderWithSession(<Page />);
    expect(shown()).toBe('active test-user fresh online');
  });

  it('knows that nobody is', async () => {
    await renderWithSession(<Page />, { session: null });
    expect(shown()).toBe('signed-out nobody none online');
  });

  it('can be looked at before the first answer', async () => {
    const source = new TestSource();
    source.hang('getSession');
    const { clock } = await renderWithSession(<Page />, { source });
    expect(shown()).toMatch(/^loading/);
    source.recover();
    await clock.advance(0);
    expect(shown()).toMatch(/^active/);
  });

  it('goes through warning and end as the test’s time does', async () => {
    const { clock } = await renderWithSession(<Page />, { policy: rolling({ idle: '15m' }) });
    await clock.advance('12m');
    expect(shown()).toMatch(/^active/);
    await clock.advance('1m');
    expect(shown()).toMatch(/^expiring/);
    await clock.advance('2m');
    expect(shown()).toMatch(/^expired test-user/);
  });

  it('counts a click in the document, and a touch, as activity', async () => {
    const { clock } = await renderWithSession(<Page />, { policy: rolling({ idle: '15m' }) });
    await clock.advance('10m');
    fireEvent.pointerDown(document.body);
    await clock.advance('10m');
    expect(shown()).toMatch(/^active/);
    await clock.touch();
    await clock.advance('10m');
    expect(shown()).toMatch(/^active/);
  });

  it('wakes up after its end has passed in sleep', async () => {
    const policy = rolling({ idle: '15m' });
    const { clock, source } = await renderWithSession(<Page />, { policy });
    const { getSession } = source.asked;
    const bedtime = clock.now();
    await clock.sleep('1h');
    expect(source.asked.getSession).toBe(getSession + 1);
    expect(clock.now()).toBe(bedtime + 3_600_000);
  });

  it('loses its network, and has it back', async () => {
    const { clock } = await renderWithSession(<Page />);
    await clock.setOnline(false);
    expect(shown()).toMatch(/offline$/);
    await clock.setOnline(true);
    expect(shown()).toMatch(/online$/);
  });

  it('rides out a provider that fails, and asks again as often as it says', async () => {
    const { clock, source } = await renderWithSession(<Page />);
    source.fail(
      new SessionError('ERR_RATE_LIMITED', 'Not now.', { retryAfter: 60_000 }),
      'getAccessToken',
    );
    await clock.advance('10m');
    expect(shown()).toMatch(/degraded$/);
    const { getAccessToken } = source.asked;
    source.recover();
    await clock.advance('1m');
    expect(source.asked.getAccessToken).toBe(getAccessToken + 1);
    expect(shown()).toBe('active test-user fresh online');
  });

  it('hears what the provider tells by itself', async () => {
    const { source } = await renderWithSession(<Page />);
    act(() => source.tell({ type: 'revoked' }));
    expect(shown()).toMatch(/^expired/);
    expect(source.session).toBeNull();
  });

  it('keeps its session when another tree takes its place, and works in StrictMode', async () => {
    const { rerender, source } = await renderWithSession(<Page />, {
      wrapper: StrictMode,
    });
    rerender(
      <main>
        <Page />
      </main>,
    );
    expect(shown()).toMatch(/^active/);
    expect(source.asked.getSession).toBe(1);
  });

  it('has its time pass in order, though nobody waits for it', async () => {
    const { clock } = await renderWithSession(<Page />, { policy: rolling({ idle: '15m' }) });
    const first = clock.now();
    await Promise.all([clock.advance('10m'), clock.touch(), clock.advance('10m')]);
    expect(clock.now()).toBe(first + 1_200_000);
    expect(shown()).toMatch(/^active/);
  });

  it('shows a tree that suspends at first', async () => {
    let isThere = false;
    const arrival = Promise.resolve().then(() => {
      isThere = true;
    });
    function Late(): ReactNode {
      if (!isThere) throw arrival;
      return <Page />;
    }
    await renderWithSession(
      <Suspense fallback="wait">
        <Late />
      </Suspense>,
    );
    expect(shown()).toMatch(/^active/);
  });

  it('does not hinder another one that moves at the same time', async () => {
    const one = await renderWithSession(<i>one</i>);
    const other = await renderWithSession(<i>other</i>);
    await Promise.all([one.clock.advance('1m'), other.clock.advance('1m')]);
    one.rerender(<i>still here</i>);
    screen.getByText('still here');
  });

  it('is of whom the server has rendered it for', async () => {
    const initialSession = { user: { sub: 'ada' } };
    const { clock } = await renderWithSession(<Page />, { initialSession, policy: undefined });
    await clock.sleep('1h');
    expect(shown()).toMatch(/^active ada/);
  });

  it('takes a source and a clock of one’s own', async () => {
    const clock = new TestClock({ now: Date.UTC(2030, 0, 1) });
    const source = { name: 'mine', getSession: async () => ({ user: { sub: 'ada' } }) };
    const page = await renderWithSession(<Page />, { source, clock });
    expect(page.source).toBe(source);
    expect(page.client.now()).toBe(Date.UTC(2030, 0, 1));
    expect(shown()).toMatch(/^active ada/);
  });
});

describe('a person who is asked', () => {
  it('stays, where the server lets them', async () => {
    const source = new TestSource({ sessionLifetime: '1h' });
    const { clock } = await renderWithSession(pageThatWarns, { source });
    await clock.advance('59m');
    fireEvent.click(screen.getByRole('button', { name: 'Stay signed in' }));
    await clock.advance('59m');
    expect(shown()).toMatch(/^expiring/);
    expect(source.asked.extend).toBe(1);
  });

  it('is asked in StrictMode too, and the question waits for an answer', async () => {
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
    expect(source.asked.extend).toBe(0);
    await clock.advance('1m');
    expect(shown()).toMatch(/^expired/);
    screen.getByRole('button', { name: 'Sign in again' });
  });

  it('stays by Escape, as in a browser', async () => {
    const { clock, source } = await renderWithSession(<SessionExpiryDialog />, {
      policy: rolling({ idle: '15m' }),
    });
    await clock.advance('14m');
    fireEvent.keyDown(document.activeElement ?? document.body, { key: 'Escape' });
    await clock.advance(0);
    expect(source.asked.extend).toBe(1);
  });

  it('is offered nothing that the source cannot do', async () => {
    const source = new TestSource({ sessionLifetime: '1h', without: ['extend', 'getAccessToken'] });
    const { clock } = await renderWithSession(pageThatWarns, { source });
    await clock.advance('59m');
    expect(screen.queryByRole('button', { name: 'Stay signed in' })).toBeNull();
    expect(shown()).toMatch(/^expiring test-user (none|unavailable)/);
  });

  it('signs in again, and the waiting call goes on', async () => {
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
    const { getAccessToken } = source.asked;
    expect(screen.queryByText(`test-token-${getAccessToken}`)).not.toBeNull();
    expect(source.asked.login).toBe(1);
  });

  it('proves more for a step that matters', async () => {
    function Wire(): ReactNode {
      const { ensure } = useStepUp();
      const [done, setDone] = useState('asked');
      return (
        <>
          <button
            type="button"
            onClick={() => void ensure({ acrValues: ['mfa'] }).then(() => setDone('proved'))}
          >
            Wire
          </button>
          <output>{done}</output>
          <ReloginDialog />
        </>
      );
    }
    const { clock, source } = await renderWithSession(<Wire />);
    fireEvent.click(screen.getByRole('button', { name: 'Wire' }));
    await clock.advance(0);
    fireEvent.click(screen.getByRole('button', { name: /sign in|confirm/i }));
    await clock.advance(0);
    expect(screen.queryByText('proved')).not.toBeNull();
    expect(source.loginRequests).toEqual([{ acrValues: ['mfa'] }]);
  });
});

it('a client of one’s own shows the dialogs too', async () => {
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

/** As an app's own helper would. */
function renderAsAda(options: RenderWithSessionOptions) {
  return renderWithSession(<Page />, { session: { user: { sub: 'ada' } }, ...options });
}

it('its options may be handed on', async () => {
  await renderAsAda({ policy: hybrid(), onEvent: undefined });
  expect(shown()).toMatch(/^active ada/);
});

describe('misuse is a TypeError that says what to do', () => {
  it('both a session and a source', async () => {
    const both = renderWithSession(<Page />, { session: null, source: new TestSource() });
    await expect(both).rejects.toThrow(TypeError);
    await expect(both).rejects.toThrow('not both');
  });

  it('what is no duration', () => {
    const soon = 'soon' as '1m';
    expect(() => new TestClock().advance(soon)).toThrow(TypeError);
    expect(() => new TestClock().sleep(-1)).toThrow(TypeError);
    expect(() => new TestSource({ accessTokenLifetime: soon })).toThrow('accessTokenLifetime');
    expect(() => new TestSource({ sessionLifetime: soon })).toThrow('sessionLifetime');
    expect(() => new TestSource({ sessionLifetime: 0 })).toThrow('sessionLifetime');
    expect(() => new TestClock({ now: Number.NaN })).toThrow('now is NaN');
  });

  it('a question that a source is never asked', () => {
    const source = new TestSource();
    for (const act of ['hang', 'recover'] as const) {
      expect(() => source[act]('getToken' as 'login')).toThrow('Name one of getSession');
    }
    expect(() => source.fail('ERR_NETWORK', 'getToken' as 'login')).toThrow(TypeError);
  });
});
