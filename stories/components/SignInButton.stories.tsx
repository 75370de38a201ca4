import type { Meta, StoryObj } from '@storybook/react-vite';
import { SessionError } from 'session-clock';
import { SignInButton, SignOutButton } from 'session-clock/ui';
import { expect, userEvent } from 'storybook/test';
import { fails, StoryPage, storySession } from './storySession';
import { chinese, dark, rightToLeft } from './variants';

const meta: Meta = {
  title: 'Components/SignInButton',
  component: SignInButton,
  render: (_args, { loaded }) => (
    <StoryPage story={loaded['story']}>
      <SignInButton />
      <SignOutButton />
    </StoryPage>
  ),
};

export default meta;

/** Only the button for the current status is shown. */
export const SignInAndOut: StoryObj = {
  loaders: [storySession({ user: null })],
  play: async ({ canvas }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Sign in' }));
    const signOut = await canvas.findByRole('button', { name: 'Sign out' });
    await expect(canvas.queryByRole('button', { name: 'Sign in' })).toBeNull();
    await userEvent.click(signOut);
    await expect(await canvas.findByRole('button', { name: 'Sign in' })).toBeVisible();
    await expect(canvas.queryByRole('button', { name: 'Sign out' })).toBeNull();
  },
};

/** The user has closed the pop-up: the button says so, and no promise rejection is unhandled. */
export const Cancelled: StoryObj = {
  loaders: [
    storySession({
      user: null,
      login: () => Promise.reject(new SessionError('ERR_LOGIN_CANCELLED', 'It was closed.')),
    }),
  ],
  play: async ({ canvas }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Sign in' }));
    await expect(await canvas.findByRole('alert')).toHaveTextContent('was closed before');
    await expect(canvas.getByRole('button', { name: 'Sign in' })).toHaveFocus();
  },
};

/** The sign-out has failed: the user is still signed in, and the button says so. */
export const SignOutFailed: StoryObj = {
  loaders: [storySession({ logout: fails })],
  play: async ({ canvas }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Sign out' }));
    await expect(await canvas.findByRole('alert')).toHaveTextContent('having trouble');
    await expect(canvas.getByRole('button', { name: 'Sign out' })).toBeVisible();
  },
};

export const Dark: StoryObj = { ...Cancelled, decorators: [dark] };

export const RightToLeft: StoryObj = { ...Cancelled, decorators: [rightToLeft] };

export const Chinese: StoryObj = {
  loaders: [storySession({ user: null })],
  decorators: [chinese],
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('button', { name: '登录' })).toBeVisible();
  },
};
