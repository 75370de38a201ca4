import type { StoryObj } from '@storybook/react-vite';
import { expect, screen, userEvent, waitFor, within } from 'storybook/test';
import { fails, type StorySession, storySession } from '../components/storySession';
import { setHidden } from './HiddenTree';

const patience = { timeout: 5_000 };
/** The libraries move the focus in a later frame. */
const hasFocus = (shown: HTMLElement) =>
  waitFor(() => expect(shown).toContainElement(document.activeElement as HTMLElement), patience);
const dialog = async (name = 'Your session is about to end') => {
  const shown = await screen.findByRole('alertdialog', { name }, patience);
  await hasFocus(shown);
  return shown;
};
const isClosed = () =>
  waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull(), patience);
const press = async (name: string) =>
  userEvent.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name }));
const storyOf = (loaded: Record<string, unknown>) => loaded['story'] as StorySession;
const requests = (loaded: Record<string, unknown>) => storyOf(loaded).requests;
/** A library hides everything outside of its dialog from screen readers: exactly one live region is left. */
const isAnnounced = (text: RegExp) =>
  waitFor(() => {
    const regions = [...document.querySelectorAll('[role=status], [role=alert]')];
    const spoken = regions.filter((region) => !region.closest('[aria-hidden=true], [inert]'));
    expect(spoken.filter(({ textContent }) => text.test(textContent ?? ''))).toHaveLength(1);
  }, patience);

const extendable = [storySession({ left: 90, extend: async () => {} })];
const fixed = [storySession({ left: 90 })];

/** The session can be extended; the remaining time is announced inside the dialog. */
export const warning: StoryObj = {
  loaders: extendable,
  play: async () => {
    const shown = await dialog();
    await expect(shown).toHaveAccessibleDescription(/You will be signed out at \d+:\d\d/);
    await expect(shown).toContainElement(document.activeElement as HTMLElement);
    await expect(within(shown).getByRole('timer')).toHaveTextContent(/^1:(30|2\d)$/);
    await isAnnounced(/^Your session ends in/);
  },
};

/** The result is shown and announced outside of the dialog. */
export const stay: StoryObj = {
  loaders: extendable,
  play: async ({ loaded }) => {
    await dialog();
    await press('Stay signed in');
    await isClosed();
    await expect(requests(loaded).extend).toBe(1);
    await isAnnounced(/^Signed in until \d+:\d\d/);
  },
};

/** A failure is announced, and the warning stays. */
export const stayFails: StoryObj = {
  loaders: [storySession({ left: 90, extend: fails })],
  play: async ({ loaded }) => {
    await dialog();
    await press('Stay signed in');
    await isAnnounced(/is having trouble/);
    await expect(await dialog()).toBeInTheDocument();
    await expect(requests(loaded).extend).toBe(1);
  },
};

export const signOut: StoryObj = {
  loaders: extendable,
  play: async ({ loaded }) => {
    await dialog();
    await press('Sign out');
    await waitFor(() => expect(requests(loaded)).toMatchObject({ extend: 0, logout: 1 }));
  },
};

/** Escape extends the session; a press outside of the dialog is no answer. */
export const escape: StoryObj = {
  loaders: extendable,
  play: async ({ loaded }) => {
    const shown = await dialog();
    const user = userEvent.setup({ pointerEventsCheck: 0 });
    await user.click(document.elementFromPoint(5, 5) as Element);
    await expect(shown).toBeInTheDocument();
    await expect(requests(loaded).extend).toBe(0);
    // The simulated press has removed the focus from the dialog.
    await user.click(within(shown).getByRole('heading'));
    await hasFocus(shown);
    await userEvent.keyboard('{Escape}');
    await isClosed();
    await expect(requests(loaded).extend).toBe(1);
  },
};

/** The end cannot be moved: "Not now" leaves a button, which opens the warning again. By keyboard only. */
export const notNow: StoryObj = {
  loaders: fixed,
  play: async ({ loaded }) => {
    const shown = await dialog();
    await expect(shown).toHaveAccessibleDescription(/cannot be extended/);
    await userEvent.keyboard('{Escape}');
    await isClosed();
    await isAnnounced(/^You will be signed out at/);
    screen.getByRole('button', { name: /^You will be signed out at/ }).focus();
    await userEvent.keyboard('{Enter}');
    await tabTo('Sign in again');
    await userEvent.keyboard('{Enter}');
    await isClosed();
    await expect(requests(loaded).login).toBe(1);
    await isAnnounced(/^Signed in until/);
  },
};

/** Less than twenty seconds is too short to respond (WCAG 2.2.1). */
export const tooLate: StoryObj = {
  loaders: [storySession({ left: 15, extend: async () => {} })],
  play: async () => {
    const shown = await dialog();
    await expect(shown).toHaveAccessibleDescription(/too little time/);
    await expect(within(shown).queryByRole('button', { name: 'Stay signed in' })).toBeNull();
  },
};

/** The session has ended: "Not now", the reminder, and a sign-in. */
export const signIn: StoryObj = {
  loaders: [storySession()],
  play: async ({ canvas, loaded }) => {
    await waitFor(() => expect(storyOf(loaded).client.getSnapshot().status).toBe('active'));
    storyOf(loaded).client.notifyRevoked();
    await dialog('Your session has ended');
    await press('Not now');
    await isClosed();
    await userEvent.click(canvas.getByRole('button', { name: 'Session ended. Sign in again' }));
    await dialog('Your session has ended');
    await press('Sign in again');
    await isClosed();
    await expect(requests(loaded).login).toBe(1);
    await isAnnounced(/^Signed in until/);
  },
};

/** A key that was meant for the page is no answer. Afterwards the focus returns to the field. */
export const whileTyping: StoryObj = {
  loaders: [storySession({ left: 121, extend: async () => {} })],
  play: async ({ canvas, loaded }) => {
    const note = canvas.getByRole('textbox');
    await userEvent.type(note, 'half a ');
    await dialog();
    for (const key of [' ', '{Enter}', '{Escape}']) await userEvent.keyboard(key);
    await expect(await dialog()).toContainElement(document.activeElement as HTMLElement);
    await expect(requests(loaded).extend).toBe(0);
    await press('Stay signed in');
    await isClosed();
    await waitFor(() => expect(note).toHaveFocus());
  },
};

/** Hiding the tree is no answer: the page can be used meanwhile, and the warning is there afterwards. */
export const hiddenTree: StoryObj = {
  loaders: extendable,
  play: async ({ canvas, loaded }) => {
    await dialog();
    setHidden('by <Activity>');
    await isClosed();
    await userEvent.click(await canvas.findByRole('textbox'));
    setHidden(null);
    await dialog();
    await expect(requests(loaded).extend).toBe(0);
  },
};

/** Nor is a tree that suspends. */
export const suspendedTree: StoryObj = {
  loaders: extendable,
  play: async ({ loaded }) => {
    await dialog();
    setHidden('by <Suspense>');
    await isClosed();
    setHidden(null);
    await dialog();
    await expect(requests(loaded).extend).toBe(0);
    await press('Stay signed in');
    await waitFor(() => expect(requests(loaded).extend).toBe(1));
  },
};

async function tabTo(name: string): Promise<void> {
  const button = within(await screen.findByRole('alertdialog')).getByRole('button', { name });
  for (let count = 0; count < 4 && document.activeElement !== button; count++) {
    await userEvent.tab();
  }
  await expect(button).toHaveFocus();
}
