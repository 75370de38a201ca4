import type { Meta, StoryObj } from '@storybook/react-vite';
import { SessionExpiryDialog, type SessionExpiryDialogProps } from 'session-clock/ui';
import { ar } from 'session-clock/ui/messages/ar';
import { expect, screen, userEvent, waitFor, within } from 'storybook/test';
import { classNameArg, classNamesArg, loginArg, messagesArg } from './argTypes';
import { fails, StoryPage, type StorySession, storySession } from './storySession';
import { arabic, chinese, dark, narrow, reset, rightToLeft } from './variants';

type Story = StoryObj<SessionExpiryDialogProps>;

const meta: Meta<SessionExpiryDialogProps> = {
  title: 'Components/SessionExpiryDialog',
  component: SessionExpiryDialog,
  argTypes: {
    login: loginArg,
    className: classNameArg,
    classNames: classNamesArg,
    messages: messagesArg,
  },
  render: (args, { loaded }) => (
    <StoryPage story={loaded['story']}>
      <SessionExpiryDialog {...args} />
    </StoryPage>
  ),
};

export default meta;

const warning = () => screen.findByRole('alertdialog', { name: 'Your session is about to end' });
const isClosed = () => waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
const requests = (loaded: Record<string, unknown>) => (loaded['story'] as StorySession).requests;

/** The focus is on the button that extends the session; the remaining time is announced only a few times. */
export const Warning: Story = {
  loaders: [storySession({ left: 90, extend: async () => {} })],
  play: async () => {
    const dialog = await warning();
    await expect(dialog).toHaveAccessibleDescription(/You will be signed out at \d+:\d\d/);
    await expect(within(dialog).getByRole('button', { name: 'Stay signed in' })).toHaveFocus();
    await expect(within(dialog).getByRole('timer')).toHaveTextContent(/^1:(30|2\d)$/);
    await expect(dialog.matches(':modal')).toBe(true);
  },
};

export const Stay: Story = {
  ...Warning,
  play: async ({ loaded }) => {
    await userEvent.click(within(await warning()).getByRole('button', { name: 'Stay signed in' }));
    await isClosed();
    await expect(requests(loaded).extend).toBe(1);
    await expect(await screen.findByText(/^Signed in until \d+:\d\d/)).toBeVisible();
  },
};

/** Escape extends the session. */
export const Escape: Story = {
  ...Warning,
  play: async ({ loaded }) => {
    await warning();
    await userEvent.keyboard('{Escape}');
    await isClosed();
    await expect(requests(loaded).extend).toBe(1);
  },
};

export const SignOut: Story = {
  ...Warning,
  play: async ({ loaded }) => {
    await userEvent.click(within(await warning()).getByRole('button', { name: 'Sign out' }));
    await isClosed();
    await expect(requests(loaded)).toMatchObject({ extend: 0, logout: 1 });
  },
};

/** A failure is shown and announced, and the countdown goes on. */
export const StayFails: Story = {
  loaders: [storySession({ left: 90, extend: fails })],
  play: async ({ loaded }) => {
    const dialog = await warning();
    await userEvent.click(within(dialog).getByRole('button', { name: 'Stay signed in' }));
    await waitFor(() => expect(within(dialog).getByText(/is having trouble/)).toBeVisible());
    await expect(within(dialog).getByRole('timer')).toHaveTextContent(/^1:(30|2\d)$/);
    await expect(within(dialog).getByRole('button', { name: 'Stay signed in' })).toHaveFocus();
    await expect(requests(loaded).extend).toBe(1);
  },
};

/** The session cannot be extended, so the dialog offers a new sign-in instead. */
export const FixedEnd: Story = {
  loaders: [storySession({ left: 90 })],
  play: async ({ loaded }) => {
    const dialog = await warning();
    await expect(dialog).toHaveAccessibleDescription(/cannot be extended/);
    await expect(within(dialog).queryByRole('button', { name: 'Stay signed in' })).toBeNull();
    await userEvent.click(within(dialog).getByRole('button', { name: 'Sign in again' }));
    await isClosed();
    await expect(requests(loaded).login).toBe(1);
  },
};

/** The session will end all the same, so "Not now" leaves a button, which opens the dialog again. */
export const NotNow: Story = {
  loaders: [storySession({ left: 90 })],
  play: async () => {
    await userEvent.click(within(await warning()).getByRole('button', { name: 'Not now' }));
    await isClosed();
    const reminder = screen.getByRole('button', { name: /^You will be signed out at/ });
    await expect(reminder).toBeVisible();
    await userEvent.click(reminder);
    await warning();
    await userEvent.keyboard('{Escape}');
    await isClosed();
    await expect(screen.getByRole('button', { name: /^You will be signed out at/ })).toHaveFocus();
  },
};

/** A user who is typing does not press a button by the next key. */
export const WhileTyping: Story = {
  loaders: [storySession({ left: 121, extend: async () => {} })],
  play: async ({ canvas, loaded }) => {
    await userEvent.type(canvas.getByRole('textbox'), 'half a ');
    await waitFor(() => screen.getByRole('alertdialog'), { timeout: 4_000 });
    await userEvent.keyboard(' ');
    await userEvent.keyboard('{Enter}');
    const dialog = await warning();
    await expect(requests(loaded).extend).toBe(0);
    await expect(dialog).toContainElement(document.activeElement as HTMLElement);
    await userEvent.tab();
    await expect(within(dialog).getByRole('button', { name: 'Stay signed in' })).toHaveFocus();
  },
};

/** Less than twenty seconds is too short to respond (WCAG 2.2.1). */
export const TooLate: Story = {
  loaders: [storySession({ left: 15, extend: async () => {} })],
  play: async () => {
    const dialog = await warning();
    await expect(dialog).toHaveAccessibleDescription(/too little time/);
    await expect(within(dialog).queryByRole('button', { name: 'Stay signed in' })).toBeNull();
  },
};

/** Twenty seconds are enough to respond, also if the dialog is rendered a moment later. */
export const TwentySeconds: Story = {
  loaders: [storySession({ left: 21, warnBefore: '20s', extend: async () => {} })],
  play: async () => {
    const name = 'Your session is about to end';
    const dialog = await screen.findByRole('alertdialog', { name }, { timeout: 5_000 });
    await expect(within(dialog).getByRole('button', { name: 'Stay signed in' })).toHaveFocus();
  },
};

/** The focus returns to the field in which the user was typing. */
export const RestoresFocus: Story = {
  loaders: [storySession({ left: 121, extend: async () => {} })],
  play: async ({ canvas }) => {
    const note = canvas.getByRole('textbox');
    await userEvent.type(note, 'half a ');
    const dialog = await screen.findByRole('alertdialog', {}, { timeout: 4_000 });
    // With the pointer: keys are ignored for a moment, because the user was typing.
    await userEvent.click(within(dialog).getByRole('button', { name: 'Stay signed in' }));
    await isClosed();
    await expect(note).toHaveFocus();
    await userEvent.keyboard('sentence');
    await expect(note).toHaveValue('half a sentence');
  },
};

/** While a sign-out is in progress, Escape does not extend the session. */
export const EscapeDuringSignOut: Story = {
  loaders: [
    storySession({ left: 90, extend: async () => {}, logout: () => new Promise(() => {}) }),
  ],
  play: async ({ loaded }) => {
    const dialog = await warning();
    await userEvent.click(within(dialog).getByRole('button', { name: 'Sign out' }));
    await userEvent.keyboard('{Escape}');
    await expect(dialog).toBeVisible();
    await expect(requests(loaded)).toMatchObject({ extend: 0, logout: 1 });
  },
};

/** The dialog keeps its position and its padding under a CSS reset. */
export const WithCssReset: Story = {
  ...Warning,
  decorators: [reset],
  play: async () => {
    const dialog = await warning();
    for (const animation of dialog.getAnimations()) animation.finish();
    const { left, top, width, height } = dialog.getBoundingClientRect();
    await expect(Math.abs(innerWidth - width - 2 * left)).toBeLessThan(2);
    // On a phone it is at the bottom edge.
    const below = innerHeight - height - top;
    await expect(innerWidth > 480 ? Math.abs(below - top) : below - 16).toBeLessThan(2);
    await expect(Number.parseFloat(getComputedStyle(dialog).paddingTop)).toBeGreaterThan(15);
  },
};

/** While the session is being extended, the button says so, and keeps the focus. */
export const Staying: Story = {
  loaders: [storySession({ left: 90, extend: () => new Promise(() => {}) })],
  play: async () => {
    const dialog = await warning();
    await userEvent.click(within(dialog).getByRole('button', { name: 'Stay signed in' }));
    const button = await within(dialog).findByRole('button', { name: /^Staying|…$/ });
    await expect(button).toHaveAttribute('aria-disabled', 'true');
    await expect(button).toHaveFocus();
  },
};

/** In the last minute the ring is amber, and the time bold. */
export const LastMinute: Story = {
  loaders: [storySession({ left: 45, extend: async () => {} })],
  play: async () => {
    const time = within(await warning()).getByRole('timer');
    await expect(time).toHaveAttribute('data-level', 'soon');
  },
};

/** On a phone nothing is wider than the page. */
export const Narrow: Story = {
  ...Warning,
  decorators: [narrow],
  globals: { viewport: { value: 'mobile1', isRotated: false } },
  play: async () => {
    const dialog = await warning();
    await expect(innerWidth).toBeLessThan(400);
    await expect(dialog.getBoundingClientRect().width).toBeLessThanOrEqual(innerWidth);
    await expect(dialog.scrollWidth).toBeLessThanOrEqual(dialog.clientWidth);
  },
};

export const Dark: Story = { ...Warning, decorators: [dark] };

export const RightToLeft: Story = { ...Warning, decorators: [rightToLeft] };

export const Chinese: Story = {
  ...Warning,
  decorators: [chinese],
  play: async () => {
    const dialog = await screen.findByRole('alertdialog', { name: '您的会话即将结束' });
    await expect(within(dialog).getByRole('button', { name: '保持登录' })).toHaveFocus();
  },
};

export const Arabic: Story = {
  ...Warning,
  decorators: [arabic],
  play: async () => {
    const dialog = await screen.findByRole('alertdialog', { name: ar.expiry.title });
    await expect(getComputedStyle(dialog).direction).toBe('rtl');
    await expect(within(dialog).getByRole('button', { name: ar.expiry.stay })).toHaveFocus();
  },
};
