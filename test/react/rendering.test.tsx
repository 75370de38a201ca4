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

describe('a component re-renders only when what it shows changes', () => {
  it('a thousand of useSessionStatus in ten minutes: at transitions only, and one timer', async () => {
    let renders = 0;
    const Status = (): ReactNode => {
      renders++;
      return useSessionStatus().status;
    };
    const all = Array.from({ length: 1_000 }, (_, index) => <Status key={index} />);
    const page = await open(all, { policy: rolling({ idle: '9m', warnBefore: '2m' }) });
    expect(page.env.timers.size).toBe(1);
    // loading and active so far; expiring at 7 minutes and expired at 9 are to come.
    expect(renders).toBe(2_000);
    await page.advance(6 * 60_000);
    expect(page.env.timers.size).toBe(1);
    expect(renders).toBe(2_000);
    await page.advance(4 * 60_000);
    expect(renders).toBe(4_000);
    expect(page.container.textContent).toBe('expired'.repeat(1_000));
  });

  it('a token in use, over ten minutes of refreshes, does not touch them', async () => {
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

  it('useCountdown: the label alone', async () => {
    const renders = { page: 0, label: 0 };
    const Label = (): ReactNode => {
      renders.label++;
      return <span data-testid="left">{useCountdown()?.remaining}</span>;
    };
    const Around = (): ReactNode => {
      renders.page++;
      useSessionStatus();
      return <Label />;
    };
    const page = await open(<Around />, { policy: rolling({ idle: '9m' }) });
    const before = { ...renders };
    await page.advance(10_000);
    expect(renders.page).toBe(before.page);
    expect(renders.label - before.label).toBe(10);
    expect(screen.getByTestId('left').textContent).toBe('530000');
  });

  it('useCountdown: not while the page is hidden, and at once when it is shown again', async () => {
    let renders = 0;
    const Label = (): ReactNode => {
      renders++;
      return useCountdown()?.remaining;
    };
    const page = await open([<Label key="a" />, <Label key="b" />], {
      policy: rolling({ idle: '9m' }),
    });
    expect(page.env.timers.size, 'the alarm, and one ticker for both').toBe(2);
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

  it('useCountdown of the access token, as coarse as it is told', async () => {
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

  it('useSession with a selector that makes a new object each time', async () => {
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

  it('useSessionActions: never, and they are the same for ever', async () => {
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

  it('useSessionEvent: never, and the latest handler hears', async () => {
    const heard: string[] = [];
    let renders = 0;
    const Ear = ({ name }: { name: string }): ReactNode => {
      renders++;
      useSessionEvent('session-ended', ({ reason }) => heard.push(`${name}: ${reason}`));
      return null;
    };
    const Around = (): ReactNode => (
      <Ear name={useSession(({ session }) => session?.user.sub) ?? '-'} />
    );
    const page = await open(<Around />);
    await act(async () => page.client.notifyRevoked());
    expect(heard).toEqual(['ada: revoked']);
    expect(renders).toBe(2);
  });
});

describe('useAccessToken', () => {
  it('fetches on mount, refreshes in the window, and stops when it goes', async () => {
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

  it('shows no token that is dead', async () => {
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

  it('gives stable functions that act for its own audience', async () => {
    const seen = new Set<unknown>();
    let get: (() => Promise<string>) | undefined;
    const Token = (): ReactNode => {
      const { getAccessToken, refresh } = useAccessToken({ audience: 'api' });
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
  ])('may make %s, though written inline', async (_what, select) => {
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

it('a countdown may take longer to draw than it counts', async () => {
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
