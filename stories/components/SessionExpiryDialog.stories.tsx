import type { Meta, StoryObj } from '@storybook/react-vite';
import { SessionExpiryDialog } from 'session-clock/ui';
import { expect, screen, userEvent, waitFor, within } from 'storybook/test';
import { fails, StoryPage, type StorySession, storySession } from './storySession';
import { chinese, dark, reset, rightToLeft } from './variants';

const meta: Meta = {
  title: 'Components/SessionExpiryDialog',
  component: SessionExpiryDialog,
  render: (_args, { loaded }) => (
    <StoryPage story={loaded['story']}>
      <SessionExpiryDialog />
    </StoryPage>
  ),
};

export default meta;

const warning = () => screen.findByRole('alertdialog', { name: 'Your session is about to end' });
const isClosed = () => waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
const requests = (loaded: Record<string, unknown>) => (loaded['story'] as StorySession).requests;

/** The focus is on the button that extends the session; the remaining time is announced only a few times. */
export const Warning: StoryObj = {
  loaders: [storySession({ left: 90, extend: async () => {} })],
  play: async () => {
    const dialog = await warning();
    await expect(dialog).toHaveAccessibleDescription(/You will be signed out at \d+:\d\d/);
    await expect(within(dialog).getByRole('button', { name: 'Stay signed in' })).toHaveFocus();
    await expect(within(dialog).getByRole('timer')).toHaveTextContent(/^1:(30|2\d)$/);
    await expect(dialog.matches(':modal')).toBe(true);
  },
};

export const Stay: StoryObj = {
  ...Warning,
  play: async ({ loaded }) => {
    await userEvent.click(within(await warning()).getByRole('button', { name: 'Stay signed in' }));
    await isClosed();
    await expect(requests(loaded).extend).toBe(1);
    await expect(await screen.findByText(/^Signed in until \d+:\d\d/)).toBeVisible();
  },
};

/** Escape extends the session. */
export const Escape: StoryObj = {
  ...Warning,
  play: async ({ loaded }) => {
    await warning();
    await userEvent.keyboard('{Escape}');
    await isClosed();
    await expect(requests(loaded).extend).toBe(1);
  },
};

export const SignOut: StoryObj = {
  ...Warning,
  play: async ({ loaded }) => {
    await userEvent.click(within(await warning()).getByRole('button', { name: 'Sign out' }));
    await isClosed();
    await expect(requests(loaded)).toMatchObject({ extend: 0, logout: 1 });
  },
};

/** A failure is shown and announced, and the countdown goes on. */
export const StayFails: StoryObj = {
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
export const FixedEnd: StoryObj = {
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
export const NotNow: StoryObj = {
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
export const WhileTyping: StoryObj = {
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
export const TooLate: StoryObj = {
  loaders: [storySession({ left: 15, extend: async () => {} })],
  play: async () => {
    const dialog = await warning();
    await expect(dialog).toHaveAccessibleDescription(/too little time/);
    await expect(within(dialog).queryByRole('button', { name: 'Stay signed in' })).toBeNull();
  },
};

/** Twenty seconds are enough to respond, also if the dialog is rendered a moment later. */
export const TwentySeconds: StoryObj = {
  loaders: [storySession({ left: 21, warnBefore: '20s', extend: async () => {} })],
  play: async () => {
    const name = 'Your session is about to end';
    const dialog = await screen.findByRole('alertdialog', { name }, { timeout: 5_000 });
    await expect(within(dialog).getByRole('button', { name: 'Stay signed in' })).toHaveFocus();
  },
};

/** The focus returns to the field in which the user was typing. */
export const RestoresFocus: StoryObj = {
  loaders: [storySession({ left: 121, extend: async () => {} })],
  play: async ({ canvas }) => {
    const note = canvas.getByRole('textbox');
    await userEvent.type(note, 'half a ');
    await waitFor(() => screen.getByRole('alertdialog'), { timeout: 4_000 });
    await userEvent.keyboard('{Escape}');
    await isClosed();
    await expect(note).toHaveFocus();
    await userEvent.keyboard('sentence');
    await expect(note).toHaveValue('half a sentence');
  },
};

/** While a sign-out is in progress, Escape does not extend the session. */
export const EscapeDuringSignOut: StoryObj = {
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
export const WithCssReset: StoryObj = {
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

export const Dark: StoryObj = { ...Warning, decorators: [dark] };

export const RightToLeft: StoryObj = { ...Warning, decorators: [rightToLeft] };

export const Chinese: StoryObj = {
  ...Warning,
  decorators: [chinese],
  play: async () => {
    const dialog = await screen.findByRole('alertdialog', { name: '您的会话即将结束' });
    await expect(within(dialog).getByRole('button', { name: '保持登录' })).toHaveFocus();
  },
};
