import type { Meta, StoryObj } from '@storybook/react-vite';
import { SessionError } from 'session-clock';
import { SignInButton, type SignInButtonProps, SignOutButton } from 'session-clock/ui';
import { ar } from 'session-clock/ui/messages/ar';
import { expect, userEvent } from 'storybook/test';
import { classNameArg, classNamesArg, inlined, loginArg, messagesArg } from './argTypes';
import { fails, StoryPage, storySession } from './storySession';
import { arabic, chinese, dark, narrow, rightToLeft } from './variants';

type Story = StoryObj<SignInButtonProps>;

const meta: Meta<SignInButtonProps> = {
  title: 'Components/SignInButton',
  component: SignInButton,
  argTypes: {
    login: loginArg,
    children: { control: 'text' },
    className: classNameArg,
    classNames: classNamesArg,
    messages: messagesArg,
  },
  parameters: inlined,
  render: (args, { loaded }) => (
    <StoryPage
      story={loaded['story']}
      bar={
        <>
          <SignInButton {...args} />
          <SignOutButton />
        </>
      }
    />
  ),
};

export default meta;

/** Only the button for the current status is shown. */
export const SignInAndOut: Story = {
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
export const Cancelled: Story = {
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
export const SignOutFailed: Story = {
  loaders: [storySession({ logout: fails })],
  play: async ({ canvas }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Sign out' }));
    await expect(await canvas.findByRole('alert')).toHaveTextContent('having trouble');
    await expect(canvas.getByRole('button', { name: 'Sign out' })).toBeVisible();
  },
};

/** While the sign-in is in progress, the button says so, and keeps the focus. */
export const SigningIn: Story = {
  loaders: [storySession({ user: null, login: () => new Promise(() => {}) })],
  play: async ({ canvas }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Sign in' }));
    const button = await canvas.findByRole('button', { name: /Signing in/ });
    await expect(button).toHaveAttribute('aria-disabled', 'true');
    await expect(button).toHaveFocus();
  },
};

/** A text of the app. */
export const OwnText: Story = {
  args: { children: 'Sign in with your company' },
  loaders: [storySession({ user: null })],
  play: async ({ canvas }) => {
    await expect(
      await canvas.findByRole('button', { name: 'Sign in with your company' }),
    ).toBeVisible();
  },
};

export const Narrow: Story = { ...Cancelled, decorators: [narrow] };

export const Dark: Story = { ...Cancelled, decorators: [dark] };

export const RightToLeft: Story = { ...Cancelled, decorators: [rightToLeft] };

export const Chinese: Story = {
  loaders: [storySession({ user: null })],
  decorators: [chinese],
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('button', { name: '登录' })).toBeVisible();
  },
};

export const Arabic: Story = {
  loaders: [storySession({ user: null })],
  decorators: [arabic],
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('button', { name: ar.signIn })).toBeVisible();
  },
};
