import type { Meta, StoryObj } from '@storybook/react-vite';
import { Activity, type ReactNode, useEffect, useState } from 'react';
import { ReloginDialog, SessionExpiryDialog } from 'session-clock/ui';
import { expect, screen, userEvent, waitFor, within } from 'storybook/test';
import { StoryPage, type StorySession, storySession } from './storySession';

const meta: Meta = { title: 'Components/Dialogs in an app', tags: ['!autodocs'] };

export default meta;

const storyOf = (loaded: Record<string, unknown>) => loaded['story'] as StorySession;
const dialog = () => screen.findByRole('alertdialog');
const isClosed = () => waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());

/** A part of the page that the app hides after a moment, and a button outside of it that shows it again. */
function HiddenPart({ children }: { children: ReactNode }): ReactNode {
  const [isHidden, setHidden] = useState(false);
  useEffect(() => {
    const hide = () => setHidden(true);
    addEventListener('story-hide', hide);
    return () => removeEventListener('story-hide', hide);
  }, []);
  return (
    <>
      <button type="button" onClick={() => setHidden(false)}>
        Show
      </button>
      <Activity mode={isHidden ? 'hidden' : 'visible'}>{children}</Activity>
    </>
  );
}

/** Hiding the warning is no answer: the page can be used meanwhile, and the warning is there afterwards. */
export const HiddenWarning: StoryObj = {
  loaders: [storySession({ left: 90, extend: async () => {} })],
  render: (_args, { loaded }) => (
    <StoryPage story={loaded['story']}>
      <HiddenPart>
        <SessionExpiryDialog />
      </HiddenPart>
    </StoryPage>
  ),
  play: async ({ canvas, loaded }) => {
    await dialog();
    dispatchEvent(new Event('story-hide'));
    await isClosed();
    await userEvent.click(canvas.getByRole('button', { name: 'Show' }));
    await expect((await dialog()).matches(':modal')).toBe(true);
    await expect(storyOf(loaded).requests.extend).toBe(0);
  },
};

/** As above, while a call waits for the sign-in. */
export const HiddenQuestion: StoryObj = {
  loaders: [storySession()],
  render: (_args, { loaded }) => (
    <StoryPage story={loaded['story']}>
      <HiddenPart>
        <ReloginDialog />
      </HiddenPart>
    </StoryPage>
  ),
  play: async ({ canvas, loaded }) => {
    const { client } = storyOf(loaded);
    await waitFor(() => expect(client.getSnapshot().status).toBe('active'));
    client.notifyRevoked();
    const waiting = client.getAccessToken();
    await dialog();
    dispatchEvent(new Event('story-hide'));
    await isClosed();
    await userEvent.click(canvas.getByRole('button', { name: 'Show' }));
    await userEvent.click(within(await dialog()).getByRole('button', { name: 'Sign in again' }));
    await expect(await waiting).toMatch(/\w/);
  },
};

/** A modal of the app, with what the ones of Radix do: it closes at a press or Escape anywhere outside of it. */
function AppModal(): ReactNode {
  const [isOpen, setOpen] = useState(true);
  useEffect(() => {
    const onPress = (event: Event) => {
      if (!(event.target as Element).closest('[role="dialog"]')) setOpen(false);
    };
    const onKey = (event: KeyboardEvent) => event.key === 'Escape' && setOpen(false);
    document.addEventListener('pointerdown', onPress);
    document.addEventListener('focusin', onPress);
    document.addEventListener('keydown', onKey, true);
    document.body.style.pointerEvents = 'none';
    return () => {
      document.removeEventListener('pointerdown', onPress);
      document.removeEventListener('focusin', onPress);
      document.removeEventListener('keydown', onKey, true);
      document.body.style.pointerEvents = '';
    };
  }, []);
  return isOpen ? (
    <div role="dialog" aria-label="Edit" style={{ pointerEvents: 'auto' }}>
      <label>
        Draft <input />
      </label>
    </div>
  ) : null;
}

/** An open modal of another library keeps its content, whether the user answers with the mouse or the keyboard. */
export const AboveAnotherModal: StoryObj = {
  loaders: [storySession({ left: 122, extend: async () => {} })],
  render: (_args, { loaded }) => (
    <StoryPage story={loaded['story']}>
      <AppModal />
      <SessionExpiryDialog />
    </StoryPage>
  ),
  play: async ({ canvas, loaded }) => {
    const draft = canvas.getByLabelText('Draft');
    await userEvent.type(draft, 'half a sentence');
    const warning = await screen.findByRole('alertdialog', {}, { timeout: 5_000 });
    await userEvent.click(within(warning).getByRole('button', { name: 'Stay signed in' }));
    await isClosed();
    await expect(draft).toHaveValue('half a sentence');
    await expect(draft).toHaveFocus();
    await expect(storyOf(loaded).requests.extend).toBe(1);
  },
};
