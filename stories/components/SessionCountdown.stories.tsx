import type { Meta, StoryObj } from '@storybook/react-vite';
import { SessionCountdown } from 'session-clock/ui';
import { expect } from 'storybook/test';
import { StoryPage, storySession } from './storySession';
import { dark, rightToLeft } from './variants';

const meta: Meta = {
  title: 'Components/SessionCountdown',
  component: SessionCountdown,
  render: (_args, { loaded }) => (
    <StoryPage story={loaded['story']}>
      <SessionCountdown />
    </StoryPage>
  ),
};

export default meta;

function shows(text: RegExp): NonNullable<StoryObj['play']> {
  return async ({ canvas }) => {
    const timer = await canvas.findByRole('timer', { name: 'Time left in this session' });
    await expect(timer).toHaveTextContent(text);
    // Otherwise a screen reader would announce every second.
    await expect(timer).toHaveAttribute('aria-live', 'off');
  };
}

export const Minutes: StoryObj = { loaders: [storySession()], play: shows(/^(30:00|29:5\d)$/) };

export const Hours: StoryObj = {
  loaders: [storySession({ left: 4_000 })],
  play: shows(/^1:06:\d\d$/),
};

export const Days: StoryObj = {
  loaders: [storySession({ left: 3 * 86_400 })],
  play: shows(/^(3d 0:00|2d 23:59)$/),
};

/** Without a known end, nothing is rendered. */
export const NoEnd: StoryObj = {
  loaders: [storySession({ user: null })],
  play: async ({ canvas }) => expect(canvas.queryByRole('timer')).toBeNull(),
};

/** Rendered by the app. */
export const CustomRendering: StoryObj = {
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

export const Dark: StoryObj = { ...Minutes, decorators: [dark] };

/** A time is written from left to right in every language. */
export const RightToLeft: StoryObj = { ...Minutes, decorators: [rightToLeft] };
