import type { Meta, StoryObj } from '@storybook/react-vite';
import {
  absolute,
  createSessionClient,
  type Policy,
  rolling,
  type SessionClient,
  SessionError,
  SessionProvider,
} from 'session-clock';
import { SessionTimeline } from 'session-clock/ui';
import { arTimeline } from 'session-clock/ui/messages/ar';
import { zhCNTimeline } from 'session-clock/ui/messages/zh';
import { expect, screen } from 'storybook/test';
import { arabic, chinese, dark, narrow, rightToLeft } from './variants';

const meta: Meta = {
  title: 'Components/SessionTimeline',
  component: SessionTimeline,
  parameters: { layout: 'padded' },
  render: (_args, { loaded }) => {
    const client = loaded['client'] as SessionClient;
    return (
      <SessionProvider key={client.name} client={client}>
        <SessionTimeline />
      </SessionProvider>
    );
  },
};

export default meta;

/** A time that passes only when it is advanced. */
class StoryClock {
  now: number = new Date(2026, 0, 1, 13, 30).getTime();
  readonly #timers = new Set<{ at: number; callback: () => void }>();

  setTimer = (ms: number, callback: () => void): (() => void) => {
    const timer = { at: this.now + ms, callback };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  };

  async advance(minutes: number): Promise<void> {
    const end = this.now + minutes * 60_000;
    for (;;) {
      for (let count = 0; count < 50; count++) await Promise.resolve();
      const next = [...this.#timers].sort((a, b) => a.at - b.at)[0];
      if (!next || next.at > end) break;
      this.#timers.delete(next);
      this.now = Math.max(this.now, next.at);
      next.callback();
    }
    this.now = end;
  }
}

interface Past {
  policy?: Policy;
  /** Runs after half an hour of activity, refreshes and one outage. */
  then?: (client: SessionClient) => unknown;
}

/** For `loaders`: a client with a past, whose time stands still at 14:00. */
function clientWithPast(past: Past = {}): () => Promise<{ client: SessionClient }> {
  return async () => {
    const { policy = rolling({ idle: '30m', lifetime: '8h' }), then } = past;
    const clock = new StoryClock();
    let isDown = false;
    const source = {
      name: crypto.randomUUID(),
      getSession: async () => ({ user: { sub: 'ada' } }),
      getAccessToken: async () => {
        if (isDown) throw new SessionError('ERR_SERVER', 'It answered with HTTP 503.');
        return { value: crypto.randomUUID(), issuedAt: clock.now, expiresAt: clock.now + 300_000 };
      },
    };
    const client = createSessionClient(
      { source, policy },
      {
        ...createSessionClient({ source }).environment,
        wallNow: () => clock.now,
        monotonicNow: () => clock.now,
        setTimer: clock.setTimer,
        random: () => 0.5,
        onActivity: () => () => {},
        locks: null,
        storage: null,
        openChannel: () => null,
      },
    );
    client.start();
    client.retainAccessToken();
    await clock.advance(9);
    client.reportActivity();
    isDown = true;
    await clock.advance(3);
    isDown = false;
    await clock.advance(10);
    client.reportActivity();
    await clock.advance(8);
    then?.(client);
    return { client };
  };
}

/** The rows of the table that a screen reader reads. */
function rows(): string[] {
  // The time of day has a space without a line break.
  const textOf = (row: HTMLElement): string =>
    [...row.children].map((cell) => cell.textContent?.replace(/\s/g, ' ')).join(' ');
  return screen.getAllByRole('row').map(textOf);
}

/** Both lifetimes, with the past that the log has. A screen reader reads the same as a table. */
export const Usual: StoryObj = {
  loaders: [clientWithPast()],
  play: async () => {
    await expect(await screen.findByRole('group')).toBeVisible();
    await expect(rows()).toEqual(
      expect.arrayContaining([
        'Session Started 1:30 PM',
        'Session Ends without activity 2:22 PM',
        'Session Ends at the latest 9:30 PM',
        expect.stringMatching(/^Access token Refresh window .* to .*/),
        expect.stringMatching(/^Access token Failed: ERR_SERVER/),
        'Session Activity 1:52 PM',
      ]),
    );
  },
};

/** The end of eight hours is beyond the axis, because the access token would be too short to see. */
export const LongSession: StoryObj = {
  loaders: [clientWithPast({ policy: absolute({ lifetime: '8h' }) })],
  play: async () => {
    await expect(await screen.findByText('Ends 9:30 PM')).toBeVisible();
    await expect(document.querySelector('[data-continues="after"]')).toBeVisible();
  },
};

export const Ended: StoryObj = {
  loaders: [clientWithPast({ then: (client) => client.notifyRevoked() })],
  play: async () => {
    await expect(await screen.findByText('Ended: revoked', { selector: 'span' })).toBeVisible();
    await expect(document.querySelector('.sc-timeline-bar[data-kind="former"]')).toBeVisible();
  },
};

/** As time passes, the line of the present moves and nothing is wider than the page. */
export const OnAPhone: StoryObj = {
  ...Usual,
  decorators: [narrow],
  play: async (context) => {
    await Usual.play?.(context);
    const timeline = screen.getByRole('group');
    await expect(timeline.scrollWidth).toBeLessThanOrEqual(timeline.clientWidth);
  },
};

export const Dark: StoryObj = { ...Usual, decorators: [dark] };
export const RightToLeft: StoryObj = { ...Usual, decorators: [rightToLeft] };

/** The picture and the table are Chinese. */
export const Chinese: StoryObj = {
  ...Usual,
  decorators: [chinese],
  play: async () => {
    await expect(await screen.findByRole('group', { name: zhCNTimeline.title })).toBeVisible();
    await expect(screen.getByText(/^无操作时结束：14:22$/)).toBeVisible();
    await expect(rows()).toContain('会话 最迟结束 21:30');
  },
};

/** A time is isolated, so that its parts stay in their order. */
export const Arabic: StoryObj = {
  ...Usual,
  decorators: [arabic],
  play: async () => {
    await expect(await screen.findByRole('group', { name: arTimeline.title })).toBeVisible();
    await expect(screen.getByText(/^الانتهاء عند عدم النشاط: \u20682:22\sم\u2069$/)).toBeVisible();
    await expect(rows()).toContain('الجلسة أقصى موعد للانتهاء \u20689:30 م\u2069');
  },
};
