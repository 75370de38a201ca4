import type { Meta, StoryObj } from '@storybook/react-vite';
import { SessionCountdown, type SessionCountdownProps } from 'session-clock/ui';
import { ar } from 'session-clock/ui/messages/ar';
import { expect, within } from 'storybook/test';
import { classNameArg, classNamesArg, inlined, messagesArg } from './argTypes';
import { StoryPage, type StorySession, storySession } from './storySession';
import { arabic, chinese, dark, narrow, rightToLeft } from './variants';

type Story = StoryObj<SessionCountdownProps>;

const meta: Meta<SessionCountdownProps> = {
  title: 'Components/SessionCountdown',
  component: SessionCountdown,
  args: { shape: 'text' },
  argTypes: {
    shape: { control: 'inline-radio', options: ['text', 'ring', 'bar'] },
    total: { control: 'text' },
    every: { control: 'text' },
    of: { control: 'inline-radio', options: ['session', 'access-token'] },
    children: { control: false },
    className: classNameArg,
    classNames: classNamesArg,
    messages: messagesArg,
  },
  parameters: inlined,
  render: (args, { loaded }) => (
    <StoryPage story={loaded['story']} bar={<SessionCountdown {...args} />} />
  ),
};

export default meta;

const ring: SessionCountdownProps = { shape: 'ring', total: '2m' };
const bar: SessionCountdownProps = { shape: 'bar', total: '2m' };

function shows(text: RegExp): NonNullable<Story['play']> {
  return async ({ canvas }) => {
    const timer = await canvas.findByRole('timer', { name: 'Time left in this session' });
    await expect(timer).toHaveTextContent(text);
    // Otherwise a screen reader would announce every second.
    await expect(timer).toHaveAttribute('aria-live', 'off');
  };
}

/** The state of the session is never shown by a colour alone: the time is a text, and gets bolder. */
function hasLevel(level: string, weight: string): NonNullable<Story['play']> {
  return async ({ canvas }) => {
    const timer = await canvas.findByRole('timer');
    await expect(timer).toHaveAttribute('data-level', level);
    const time = within(timer).getByText(/^0:\d\d$/);
    await expect(getComputedStyle(time).fontWeight).toBe(weight);
  };
}

function barBeginsAt(edge: 'left' | 'right'): NonNullable<Story['play']> {
  return async ({ canvas }) => {
    const timer = await canvas.findByRole('timer');
    const [bar, rest] = ['.sc-countdown-bar', '.sc-countdown-left'].map((selector) =>
      (timer.querySelector(selector) as Element).getBoundingClientRect(),
    ) as [DOMRect, DOMRect];
    await expect(rest[edge]).toBeCloseTo(bar[edge], 0);
    await expect(rest.width / bar.width).toBeGreaterThan(0.7);
    await expect(rest.width / bar.width).toBeLessThan(0.8);
  };
}

export const Minutes: Story = { loaders: [storySession()], play: shows(/^(30:00|29:5\d)$/) };

export const Hours: Story = {
  loaders: [storySession({ left: 4_000 })],
  play: shows(/^1:06:\d\d$/),
};

export const Days: Story = {
  loaders: [storySession({ left: 3 * 86_400 })],
  play: shows(/^(3d 0:00|2d 23:59)$/),
};

/** Without a known end, nothing is rendered. */
export const NoEnd: Story = {
  loaders: [storySession({ user: null })],
  play: async ({ canvas }) => expect(canvas.queryByRole('timer')).toBeNull(),
};

/** Rendered by the app. */
export const CustomRendering: Story = {
  loaders: [storySession()],
  render: (_args, { loaded }) => (
    <StoryPage story={loaded['story']}>
      <SessionCountdown every="1m">
        {({ remaining }) => `about ${remaining / 60_000} minutes`}
      </SessionCountdown>
    </StoryPage>
  ),
  play: shows(/^about 30 minutes$/),
};

export const Dark: Story = { ...Minutes, decorators: [dark] };

/** A time is written from left to right in every language. */
export const RightToLeft: Story = { ...Minutes, decorators: [rightToLeft] };

/** The part that is left of two minutes, around the time. */
export const Ring: Story = {
  args: ring,
  loaders: [storySession({ left: 94, extend: async () => {} })],
  play: async (context) => {
    await shows(/^1:3[234]$/)(context);
    const timer = context.canvas.getByRole('timer');
    const [ring, arc] = [timer.querySelector('svg'), timer.querySelector('.sc-countdown-left')];
    await expect(ring).toHaveAttribute('aria-hidden', 'true');
    await expect(arc && getComputedStyle(arc).strokeDashoffset).toMatch(/0\.2\d/);
  },
};

/** In the last minute it is amber and its text bold. */
export const RingSoon: Story = {
  args: ring,
  loaders: [storySession({ left: 45, extend: async () => {} })],
  play: hasLevel('soon', '600'),
};

/** Under 20 seconds it is red. */
export const RingUrgent: Story = {
  args: ring,
  loaders: [storySession({ left: 15, extend: async () => {} })],
  play: hasLevel('urgent', '700'),
};

/** The time of more than an hour fits into the ring. */
export const RingOfHours: Story = {
  args: { shape: 'ring' },
  loaders: [storySession({ left: 40_000 })],
  play: async (context) => {
    await shows(/^11:06:\d\d$/)(context);
    await expect(context.canvas.getByText(/^11:/).clientWidth).toBeLessThan(70);
  },
};

/** It gets shorter towards the start of the line. */
export const Bar: Story = {
  args: bar,
  loaders: [storySession({ left: 94, extend: async () => {} })],
  play: barBeginsAt('left'),
};

export const BarUrgent: Story = {
  ...RingUrgent,
  args: bar,
};

export const BarRightToLeft: Story = {
  ...Bar,
  decorators: [rightToLeft],
  play: barBeginsAt('right'),
};

/** On a phone nothing is wider than the page. */
export const BarNarrow: Story = {
  ...Bar,
  decorators: [narrow],
  play: async ({ canvas, canvasElement }) => {
    await canvas.findByRole('timer');
    const box = canvasElement.querySelector('.story-narrow') as HTMLElement;
    await expect(box.scrollWidth).toBe(box.clientWidth);
  },
};

export const RingDark: Story = { ...Ring, decorators: [dark] };

export const RingUrgentDark: Story = { ...RingUrgent, decorators: [dark] };

export const RingChinese: Story = {
  ...Ring,
  decorators: [chinese],
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('timer', { name: '会话剩余时间' })).toBeVisible();
  },
};

/** The remaining time of an access token, which needs no attention: its colour stays. */
export const AccessToken: Story = {
  args: { of: 'access-token', shape: 'ring' },
  loaders: [storySession()],
  play: async ({ canvas, loaded }) => {
    await (loaded['story'] as StorySession).client.getAccessToken();
    const timer = await canvas.findByRole('timer', { name: 'Time left of the access token' });
    await expect(timer).toHaveTextContent(/^(5:00|4:5\d)$/);
    await expect(timer).toHaveAttribute('data-level', 'calm');
  },
};

export const RingArabic: Story = {
  ...Ring,
  decorators: [arabic],
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('timer', { name: ar.timeLeft.session })).toBeVisible();
  },
};
