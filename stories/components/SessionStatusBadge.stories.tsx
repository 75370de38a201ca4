import type { Meta, StoryObj } from '@storybook/react-vite';
import { SessionStatusBadge } from 'session-clock/ui';
import { expect } from 'storybook/test';
import { fails, StoryPage, type StorySession, storySession } from './storySession';
import { chinese, dark, rightToLeft } from './variants';

const meta: Meta = {
  title: 'Components/SessionStatusBadge',
  component: SessionStatusBadge,
  render: (_args, { loaded }) => (
    <StoryPage story={loaded['story']}>
      <SessionStatusBadge />
    </StoryPage>
  ),
};

export default meta;

/** The badge shows its status as a text, never by colour alone. */
function shows(text: string): NonNullable<StoryObj['play']> {
  return async ({ canvas }) => {
    await expect(await canvas.findByText(text)).toBeVisible();
    await expect(canvas.getByRole('status')).toContainElement(canvas.getByText(text));
  };
}

export const Loading: StoryObj = {
  loaders: [storySession({ user: 'pending' })],
  play: shows('Checking your session'),
};

export const SignedOut: StoryObj = {
  loaders: [storySession({ user: null })],
  play: shows('Signed out'),
};

export const Active: StoryObj = { loaders: [storySession()], play: shows('Signed in') };

export const Expiring: StoryObj = {
  loaders: [storySession({ left: 90, extend: async () => {} })],
  play: shows('Ending soon'),
};

export const Expired: StoryObj = {
  loaders: [storySession()],
  play: async (context) => {
    await shows('Signed in')(context);
    (context.loaded['story'] as StorySession).client.notifyRevoked();
    await shows('Session ended')(context);
  },
};

/** Signed in while the sign-in service does not answer: the badge shows both. */
export const Degraded: StoryObj = {
  loaders: [storySession({ token: fails })],
  play: async (context) => {
    const { client } = context.loaded['story'] as StorySession;
    void client.getAccessToken().catch(() => {});
    await shows('Sign-in service not answering')(context);
    await shows('Signed in')(context);
  },
};

export const Dark: StoryObj = { ...Expired, decorators: [dark] };

export const RightToLeft: StoryObj = { ...SignedOut, decorators: [rightToLeft] };

export const Chinese: StoryObj = {
  loaders: [storySession()],
  decorators: [chinese],
  play: shows('已登录'),
};
