import type { Meta, StoryObj } from '@storybook/react-vite';
import { SessionError } from 'session-clock';
import { ReloginDialog, type ReloginDialogProps } from 'session-clock/ui';
import { ar } from 'session-clock/ui/messages/ar';
import { expect, screen, userEvent, waitFor, within } from 'storybook/test';
import { classNameArg, classNamesArg, loginArg, messagesArg } from './argTypes';
import { fails, StoryPage, type StorySession, storySession } from './storySession';
import { arabic, chinese, dark, narrow, rightToLeft } from './variants';

type Story = StoryObj<ReloginDialogProps>;

const meta: Meta<ReloginDialogProps> = {
  title: 'Components/ReloginDialog',
  component: ReloginDialog,
  argTypes: {
    login: loginArg,
    className: classNameArg,
    classNames: classNamesArg,
    messages: messagesArg,
  },
  render: (args, { loaded }) => (
    <StoryPage story={loaded['story']}>
      <ReloginDialog {...args} />
    </StoryPage>
  ),
};

export default meta;

type Loaded = Record<string, unknown>;
const clientOf = (loaded: Loaded) => (loaded['story'] as StorySession).client;
const ended = () => screen.findByRole('alertdialog', { name: 'Your session has ended' });
const isClosed = () => waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());

async function end(loaded: Loaded): Promise<HTMLElement> {
  await waitFor(() => expect(clientOf(loaded).getSnapshot().status).toBe('active'));
  clientOf(loaded).notifyRevoked();
  return ended();
}

/** Says why the session ended, which user was signed in, and that nothing is lost. */
export const Ended: Story = {
  loaders: [storySession()],
  play: async ({ loaded }) => {
    const dialog = await end(loaded);
    await expect(dialog).toHaveAccessibleDescription(/ended the session.*still on this page.*Ada/);
    await expect(within(dialog).getByRole('button', { name: 'Sign in again' })).toHaveFocus();
  },
};

/** The page behind the dialog keeps its state, and the waiting call continues. */
export const SignInAgain: Story = {
  ...Ended,
  play: async ({ canvas, loaded }) => {
    const note = canvas.getByRole('textbox');
    await userEvent.type(note, 'half a sentence');
    const dialog = await end(loaded);
    const waiting = clientOf(loaded).getAccessToken();
    await userEvent.click(within(dialog).getByRole('button', { name: 'Sign in again' }));
    await isClosed();
    await expect(await waiting).toMatch(/\w/);
    await expect(note).toHaveValue('half a sentence');
    await expect(note).toHaveFocus();
  },
};

/** "Not now" leaves a button that opens the dialog again; a waiting call is rejected. */
export const NotNow: Story = {
  ...Ended,
  play: async ({ loaded }) => {
    const dialog = await end(loaded);
    const outcome = clientOf(loaded)
      .getAccessToken()
      .catch((error: SessionError) => error.code);
    await userEvent.click(within(dialog).getByRole('button', { name: 'Not now' }));
    await isClosed();
    await expect(await outcome).toBe('ERR_LOGIN_CANCELLED');
    await userEvent.click(screen.getByRole('button', { name: 'Session ended. Sign in again' }));
    await ended();
  },
};

const refused = () =>
  Promise.reject(new SessionError('ERR_REFRESH_FAILED', 'The provider refused. Sign in again.'));

/** The session is valid, but a call needs a token that requires a new sign-in. */
export const TokenRefused: Story = {
  loaders: [storySession({ token: refused })],
  play: async ({ loaded }) => {
    const waiting = clientOf(loaded)
      .getAccessToken()
      .catch((error: SessionError) => error.code);
    const dialog = await screen.findByRole('alertdialog', { name: 'Please sign in again' });
    await expect(dialog).toHaveAccessibleDescription(/asks for it before this can go on/);
    await userEvent.keyboard('{Escape}');
    await isClosed();
    await expect(await waiting).toBe('ERR_LOGIN_CANCELLED');
    await expect(screen.queryByRole('button', { name: /Session ended/ })).toBeNull();
  },
};

/** While the sign-in is in progress, the button says so, and keeps the focus. */
export const SigningIn: Story = {
  loaders: [storySession({ login: () => new Promise(() => {}) })],
  play: async ({ loaded }) => {
    const dialog = await end(loaded);
    await userEvent.click(within(dialog).getByRole('button', { name: 'Sign in again' }));
    const button = await within(dialog).findByRole('button', { name: /Signing in/ });
    await expect(button).toHaveAttribute('aria-disabled', 'true');
    await expect(button).toHaveFocus();
  },
};

/** The sign-in has failed: the dialog says why, and the user can try again. */
export const SignInFails: Story = {
  loaders: [storySession({ login: fails })],
  play: async ({ loaded }) => {
    const dialog = await end(loaded);
    await userEvent.click(within(dialog).getByRole('button', { name: 'Sign in again' }));
    await waitFor(() => expect(within(dialog).getByText(/having trouble/)).toBeVisible());
    await expect(within(dialog).getByRole('button', { name: 'Sign in again' })).toHaveFocus();
  },
};

/** On a phone nothing is wider than the page. */
export const Narrow: Story = {
  ...Ended,
  decorators: [narrow],
  globals: { viewport: { value: 'mobile1', isRotated: false } },
  play: async ({ loaded }) => {
    const dialog = await end(loaded);
    await expect(innerWidth).toBeLessThan(400);
    await expect(dialog.getBoundingClientRect().width).toBeLessThanOrEqual(innerWidth);
    await expect(dialog.scrollWidth).toBeLessThanOrEqual(dialog.clientWidth);
  },
};

export const Dark: Story = { ...Ended, decorators: [dark] };

export const RightToLeft: Story = { ...Ended, decorators: [rightToLeft] };

export const Chinese: Story = {
  ...Ended,
  decorators: [chinese],
  play: async ({ loaded }) => {
    await waitFor(() => expect(clientOf(loaded).getSnapshot().status).toBe('active'));
    clientOf(loaded).notifyRevoked();
    const dialog = await screen.findByRole('alertdialog', { name: '您的会话已结束' });
    await expect(within(dialog).getByRole('button', { name: '重新登录' })).toHaveFocus();
  },
};

export const Arabic: Story = {
  ...Ended,
  decorators: [arabic],
  play: async ({ loaded }) => {
    await waitFor(() => expect(clientOf(loaded).getSnapshot().status).toBe('active'));
    clientOf(loaded).notifyRevoked();
    const dialog = await screen.findByRole('alertdialog', { name: ar.relogin.title });
    await expect(getComputedStyle(dialog).direction).toBe('rtl');
    await expect(within(dialog).getByRole('button', { name: ar.relogin.signIn })).toHaveFocus();
  },
};
