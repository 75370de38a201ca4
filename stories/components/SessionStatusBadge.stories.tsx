import type { Meta, StoryObj } from '@storybook/react-vite';
import { onlineManager } from '@tanstack/react-query';
import { SessionStatusBadge, type SessionStatusBadgeProps } from 'session-clock/ui';
import { ar } from 'session-clock/ui/messages/ar';
import { expect } from 'storybook/test';
import { classNameArg, classNamesArg, inlined, messagesArg } from './argTypes';
import { fails, StoryPage, type StorySession, storySession } from './storySession';
import { arabic, chinese, dark, rightToLeft } from './variants';

type Story = StoryObj<SessionStatusBadgeProps>;

const meta: Meta<SessionStatusBadgeProps> = {
  title: 'Components/SessionStatusBadge',
  component: SessionStatusBadge,
  argTypes: { className: classNameArg, classNames: classNamesArg, messages: messagesArg },
  parameters: inlined,
  render: (args, { loaded }) => (
    <StoryPage story={loaded['story']} bar={<SessionStatusBadge {...args} />} />
  ),
};

export default meta;

/** The badge shows its status as a text, never by colour alone. */
function shows(text: string): NonNullable<Story['play']> {
  return async ({ canvas }) => {
    await expect(await canvas.findByText(text)).toBeVisible();
    await expect(canvas.getByRole('status')).toContainElement(canvas.getByText(text));
  };
}

export const Active: Story = { loaders: [storySession()], play: shows('Signed in') };

export const Loading: Story = {
  loaders: [storySession({ user: 'pending' })],
  play: shows('Checking your session'),
};

export const SignedOut: Story = {
  loaders: [storySession({ user: null })],
  play: shows('Signed out'),
};

export const Expiring: Story = {
  loaders: [storySession({ left: 90, extend: async () => {} })],
  play: shows('Ending soon'),
};

export const Expired: Story = {
  loaders: [storySession()],
  play: async (context) => {
    await shows('Signed in')(context);
    (context.loaded['story'] as StorySession).client.notifyRevoked();
    await shows('Session ended')(context);
  },
};

/** Signed in while the sign-in service does not answer: the badge shows both. */
export const Degraded: Story = {
  loaders: [storySession({ token: fails })],
  play: async (context) => {
    const { client } = context.loaded['story'] as StorySession;
    void client.getAccessToken().catch(() => {});
    await shows('Sign-in service not answering')(context);
    await shows('Signed in')(context);
  },
};

/** Signed in while the browser has no network. */
export const Offline: Story = {
  loaders: [storySession()],
  play: async (context) => {
    await shows('Signed in')(context);
    onlineManager.setOnline(false);
    try {
      await shows('Offline')(context);
      await shows('Signed in')(context);
    } finally {
      onlineManager.setOnline(true);
    }
  },
};

export const Dark: Story = { ...Expired, decorators: [dark] };

export const RightToLeft: Story = { ...SignedOut, decorators: [rightToLeft] };

export const Chinese: Story = {
  loaders: [storySession()],
  decorators: [chinese],
  play: shows('已登录'),
};

export const Arabic: Story = {
  loaders: [storySession()],
  decorators: [arabic],
  play: shows(ar.status.active),
};
