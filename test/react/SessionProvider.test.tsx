import { act, cleanup, render } from '@testing-library/react';
import { type ReactNode, StrictMode, useState } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  absolute,
  type Duration,
  hybrid,
  type Policy,
  rolling,
  type SessionEvent,
  SessionProvider,
  type SessionSource,
  useAccessToken,
  useCountdown,
  useSession,
  useSessionActions,
  useSessionEvent,
  useSessionStatus,
  useStepUp,
} from '../../src/index.js';
import { FakeSource } from '../support/fakeSource.js';
import { open } from './page.js';

afterEach(cleanup);

/** React logs every error that a test provokes; React 18 also reports it to the window. */
function withoutErrorReports<Result>(provoke: () => Result): Result {
  const spy = vi.spyOn(console, 'error').mockImplementation(() => {});
  const suppress = (event: ErrorEvent): void => event.preventDefault();
  addEventListener('error', suppress);
  try {
    return provoke();
  } finally {
    spy.mockRestore();
    removeEventListener('error', suppress);
  }
}

describe('misuse throws a TypeError that says what to do', () => {
  it.each<[string, () => unknown]>([
    ['useSessionStatus()', () => useSessionStatus()],
    ['useAccessToken()', () => useAccessToken()],
    ['useSession()', () => useSession()],
    ['useSessionActions()', () => useSessionActions()],
    ['useCountdown()', () => useCountdown()],
    ['useSessionEvent()', () => useSessionEvent('resumed', () => {})],
    ['useStepUp()', () => useStepUp()],
  ])('%s without a provider: the error names the hook and the provider', (name, use) => {
    const Page = (): ReactNode => {
      use();
      return null;
    };
    withoutErrorReports(() => {
      expect(() => render(<Page />)).toThrow(TypeError);
      expect(() => render(<Page />)).toThrow(name);
      expect(() => render(<Page />)).toThrow('<SessionProvider source={…}>');
    });
  });

  it.each<[string, unknown, string]>([
    ['no source', undefined, 'needs a source'],
    ['a source without getSession', { name: 'mine' }, 'getSession()'],
    ['a source without a name', { getSession: async () => null }, 'a name'],
  ])('%s', (_name, source, advice) => {
    const page = <SessionProvider source={source as SessionSource} />;
    withoutErrorReports(() => {
      expect(() => render(page)).toThrow(TypeError);
      expect(() => render(page)).toThrow(advice);
    });
  });

  it('an unknown policy', () => {
    const policy = { kind: 'eternal', warnBefore: 20_000 } as unknown as Policy;
    withoutErrorReports(() =>
      expect(() => render(<SessionProvider source={new FakeSource()} policy={policy} />)).toThrow(
        'absolute(), rolling() or hybrid()',
      ),
    );
  });

  it.each<[string, () => unknown]>([
    ['a bad duration', () => rolling({ idle: '30 minutes' as Duration })],
    ['a negative duration', () => absolute({ lifetime: -1 })],
    ['NaN', () => hybrid({ idle: Number.NaN })],
    ['warnBefore under 20 s', () => rolling({ idle: '30m', warnBefore: '19s' })],
    ['a warning longer than the session', () => rolling({ idle: '1m', warnBefore: '2m' })],
  ])('%s', (_name, make) => expect(make).toThrow(TypeError));
});

describe('SessionProvider', () => {
  let warnings: string[];

  beforeEach(() => {
    warnings = [];
    vi.spyOn(console, 'warn').mockImplementation((text) => warnings.push(text));
  });
  afterEach(() => vi.restoreAllMocks());

  it('requests the session once under StrictMode, and leaves no timer or listener behind', async () => {
    const Tokens = (): ReactNode => useAccessToken().status;
    const page = await open(<Tokens />, {}, (tree) => <StrictMode>{tree}</StrictMode>);
    expect(page.source.asked).toMatchObject({ session: 1, token: 1 });
    expect(page.container.textContent).toBe('fresh');
    page.unmount();
    await page.advance(0);
    expect([page.env.timers.size, page.env.resumeListeners.size]).toEqual([0, 0]);
    expect(page.source.onEvent).toBeNull();
  });

  it('aborts a running request when it unmounts', async () => {
    const signals: AbortSignal[] = [];
    const source = new FakeSource();
    source.answerSession = ({ signal }) => {
      signals.push(signal);
      return new Promise(() => {});
    };
    const page = await open(null, { source });
    page.unmount();
    await page.advance(0);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
    expect(page.env.timers.size).toBe(0);
  });

  it('reads source and policy at the first render, and warns once about a later change', async () => {
    const source = new FakeSource();
    const other = new FakeSource();
    other.session = null;
    const view = render(<SessionProvider source={source} policy={rolling({ idle: '30m' })} />);
    view.rerender(<SessionProvider source={source} policy={rolling({ idle: '30m' })} />);
    expect(warnings, 'an equal policy is no change').toEqual([]);
    for (const idle of ['40m', '50m'] as const) {
      view.rerender(<SessionProvider source={source} policy={rolling({ idle })} />);
    }
    expect(warnings).toEqual([expect.stringContaining('"policy"')]);
    view.rerender(<SessionProvider source={other} policy={rolling({ idle: '50m' })} />);
    expect(warnings[1]).toContain('"source"');
    await act(async () => {});
    expect(other.asked.session).toBe(0);
  });

  it('passes every event to onEvent, without a token', async () => {
    const events: SessionEvent[] = [];
    const Tokens = (): ReactNode => useAccessToken().token;
    await open(<Tokens />, { onEvent: (event) => events.push(event) });
    expect(events.map(({ type }) => type)).toEqual(['session-started', 'access-token-refreshed']);
    expect(JSON.stringify(events)).not.toContain('secret-');
  });

  it('calls onLoginRequired once for all waiting calls, and resolves them after the sign-in', async () => {
    const onLoginRequired = vi.fn();
    const page = await open(null);
    page.rerender(
      <SessionProvider client={page.client} onLoginRequired={onLoginRequired}>
        <p>half-typed</p>
      </SessionProvider>,
    );
    page.client.notifyRevoked();
    const calls = [page.client.getAccessToken(), page.client.getAccessToken()];
    await page.advance(0);
    expect(onLoginRequired).toHaveBeenCalledTimes(1);
    expect(page.container.textContent).toBe('half-typed');
    void page.client.login();
    await page.advance(0);
    expect(await Promise.all(calls)).toEqual(['secret-1', 'secret-1']);
  });

  it('calls onLoginRequired once, even if it is written inline and re-renders the page', async () => {
    let asked = 0;
    const page = await open(null);
    const Page = (): ReactNode => {
      const [, setAsked] = useState(0);
      const ask = (): void => setAsked(++asked);
      return (
        <SessionProvider client={page.client} onLoginRequired={() => ask()}>
          <p />
        </SessionProvider>
      );
    };
    page.rerender(<Page />);
    page.client.notifyRevoked();
    const call = page.client.getAccessToken();
    await page.advance(0);
    page.env.online = false;
    await act(async () => page.env.resume());
    expect(asked).toBe(1);
    void page.client.login();
    await page.advance(0);
    expect(await call).toBe('secret-1');
  });
});
