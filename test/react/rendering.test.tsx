import { act, cleanup, render, screen } from '@testing-library/react';
import { memo, type ReactNode, useEffect } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import {
  createSessionClient,
  rolling,
  type SessionActions,
  SessionProvider,
  type Snapshot,
  useAccessToken,
  useCountdown,
  useSession,
  useSessionActions,
  useSessionEvent,
  useSessionStatus,
} from '../../src/index.js';
import { FakeSource } from '../support/fakeSource.js';
import { open } from './page.js';

afterEach(cleanup);

describe('a component re-renders only when the data it reads changes', () => {
  it('re-renders a thousand components with useSessionStatus at transitions only, with one timer', async () => {
    let renders = 0;
    const Status = (): ReactNode => {
      renders++;
      return useSessionStatus().status;
    };
    const all = Array.from({ length: 1_000 }, (_, index) => <Status key={index} />);
    const page = await open(all, { policy: rolling({ idle: '9m', warnBefore: '2m' }) });
    expect(page.env.timers.size).toBe(1);
    // Loading and active so far; expiring follows at 7 minutes, expired at 9.
    expect(renders).toBe(2_000);
    await page.advance(6 * 60_000);
    expect(page.env.timers.size).toBe(1);
    expect(renders).toBe(2_000);
    await page.advance(4 * 60_000);
    expect(renders).toBe(4_000);
    expect(page.container.textContent).toBe('expired'.repeat(1_000));
  });

  it('does not re-render useSessionStatus when the token is refreshed', async () => {
    let renders = 0;
    const Status = memo(function Status(): ReactNode {
      renders++;
      return useSessionStatus().status;
    });
    const Token = (): ReactNode => useAccessToken().status;
    const page = await open([<Status key="status" />, <Token key="token" />]);
    await page.advance(600_000);
    expect(page.source.asked.token).toBeGreaterThan(10);
    expect(renders).toBe(2);
  });

  it('re-renders only the component that calls useCountdown', async () => {
    const renders = { page: 0, label: 0 };
    const Label = (): ReactNode => {
      renders.label++;
      return <span data-testid="left">{useCountdown()?.remaining}</span>;
    };
    const Parent = (): ReactNode => {
      renders.page++;
      useSessionStatus();
      return <Label />;
    };
    const page = await open(<Parent />, { policy: rolling({ idle: '9m' }) });
    const before = { ...renders };
    await page.advance(10_000);
    expect(renders.page).toBe(before.page);
    expect(renders.label - before.label).toBe(10);
    expect(screen.getByTestId('left').textContent).toBe('530000');
  });

  it('stops useCountdown while the page is hidden, and updates it at once when shown', async () => {
    let renders = 0;
    const Label = (): ReactNode => {
      renders++;
      return useCountdown()?.remaining;
    };
    const page = await open([<Label key="a" />, <Label key="b" />], {
      policy: rolling({ idle: '9m' }),
    });
    expect(page.env.timers.size, 'the timer of the client, and one ticker for both').toBe(2);
    page.env.visible = false;
    page.env.resume();
    const before = renders;
    await page.advance(60_000);
    expect(renders).toBe(before);
    expect(page.env.timers.size).toBe(1);
    page.env.visible = true;
    await act(async () => page.env.resume());
    expect(page.container.textContent).toBe('480000480000');
  });

  it('counts the access token down in steps of `every`', async () => {
    const seen: (number | undefined)[] = [];
    const Label = (): ReactNode => {
      useAccessToken();
      const left = useCountdown({ of: 'access-token', every: '10s' });
      useEffect(() => void seen.push(left?.fraction));
      return null;
    };
    const page = await open(<Label />);
    await page.advance(30_000);
    expect(seen.filter((part, index) => part !== seen[index - 1])).toEqual([
      1,
      50 / 60,
      40 / 60,
      30 / 60,
    ]);
  });

  it('keeps useSession from re-rendering when a selector returns a new but equal object', async () => {
    let renders = 0;
    const Name = (): ReactNode => {
      renders++;
      const { name } = useSession(({ session }) => ({ name: session?.user['name'] }));
      return name as string;
    };
    const page = await open(<Name />);
    const before = renders;
    page.source.onEvent?.({
      type: 'session',
      session: { user: { sub: 'ada', name: 'Ada', age: 36 } },
    });
    await page.advance(0);
    expect(renders).toBe(before);
    page.source.onEvent?.({ type: 'session', session: { user: { sub: 'ada', name: 'Lady A' } } });
    await page.advance(0);
    expect(page.container.textContent).toBe('Lady A');
    expect(renders).toBe(before + 1);
  });

  it('never re-renders useSessionActions, which returns the same object', async () => {
    const seen = new Set<SessionActions>();
    let renders = 0;
    const Button = (): ReactNode => {
      renders++;
      seen.add(useSessionActions());
      return null;
    };
    const page = await open(<Button />);
    page.client.notifyRevoked();
    await page.advance(0);
    expect([renders, seen.size]).toEqual([1, 1]);
  });

  it('never re-renders useSessionEvent, which calls the latest handler', async () => {
    const received: string[] = [];
    let renders = 0;
    const Listener = ({ name }: { name: string }): ReactNode => {
      renders++;
      useSessionEvent('session-ended', ({ reason }) => received.push(`${name}: ${reason}`));
      return null;
    };
    const Parent = (): ReactNode => (
      <Listener name={useSession(({ session }) => session?.user.sub) ?? '-'} />
    );
    const page = await open(<Parent />);
    await act(async () => page.client.notifyRevoked());
    expect(received).toEqual(['ada: revoked']);
    expect(renders).toBe(2);
  });
});

describe('useAccessToken', () => {
  it('fetches on mount, refreshes in the window, and stops on unmount', async () => {
    const Token = (): ReactNode => useAccessToken().token;
    const page = await open(<Token />);
    expect(page.container.textContent).toBe('secret-1');
    // Half of the random range from 50 % to 95 % of 60 s.
    await page.advance(43_000);
    expect(page.source.asked.token).toBe(1);
    await page.advance(1_000);
    expect(page.container.textContent).toBe('secret-2');
    page.rerender(null);
    await page.advance(600_000);
    expect(page.source.asked.token).toBe(2);
  });

  it('returns no expired token', async () => {
    const shown: [string, string | null][] = [];
    const Token = (): ReactNode => {
      const { status, token } = useAccessToken();
      useEffect(() => void shown.push([status, token]));
      return null;
    };
    const page = await open(<Token />);
    page.source.answerToken = () => new Promise(() => {});
    await page.advance(61_000);
    expect(shown.slice(-3)).toEqual([
      ['fresh', 'secret-1'],
      ['refreshing', 'secret-1'],
      ['expired', null],
    ]);
  });

  it('returns stable functions that request its own audience', async () => {
    const seen = new Set<unknown>();
    let get: (() => Promise<string>) | undefined;
    const Token = (): ReactNode => {
      const { getAccessToken, refresh } = useAccessToken({
        audience: 'api',
        params: { tenant: 'a' },
      });
      seen.add(getAccessToken).add(refresh);
      useEffect(() => {
        get = getAccessToken;
      });
      return null;
    };
    const page = await open(<Token />);
    const audiences: (string | undefined)[] = [];
    page.source.answerToken = async ({ audience }, context) => {
      audiences.push(audience);
      return page.source.mint(context);
    };
    await page.advance(61_000);
    expect(await get?.()).toBe('secret-2');
    expect([audiences, seen.size]).toEqual([['api'], 2]);
  });
});

describe('a selector', () => {
  const seen: unknown[] = [];
  afterEach(() => {
    seen.length = 0;
  });

  it.each<[string, (snapshot: Snapshot) => unknown]>([
    ['a NaN in an object', ({ session }) => ({ minutes: Number(session?.expiresAt) / 60_000 })],
    ['a Date', ({ session }) => new Date(session?.startedAt ?? 0)],
    ['a Set', ({ session }) => new Set([session?.user.sub])],
  ])('may return %s, even if written inline', async (_what, select) => {
    const Show = (): ReactNode => {
      seen.push(useSession((snapshot) => select(snapshot)));
      return null;
    };
    const page = await open(<Show />);
    await page.advance(60_000);
    expect(seen.length).toBeLessThan(10);
    expect(seen.at(-1)).toEqual(select(page.client.getSnapshot()));
  });
});

it('renders a countdown that takes longer to render than its interval', async () => {
  const source = new FakeSource();
  source.session = { user: { sub: 'ada' }, expiresAt: Date.now() + 3_600_000 };
  const client = createSessionClient({ source });
  let renders = 0;
  const Slow = (): ReactNode => {
    useCountdown({ every: 10 });
    if (renders++ > 10) return null;
    for (const start = performance.now(); performance.now() - start < 12; );
    return null;
  };
  render(
    <SessionProvider client={client}>
      <Slow />
    </SessionProvider>,
  );
  for (let time = 0; time < 15; time++) {
    await act(() => new Promise((resolve) => setTimeout(resolve, 20)));
  }
  expect(renders).toBeGreaterThan(11);
});
