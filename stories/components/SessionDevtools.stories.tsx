import type { Meta, StoryObj } from '@storybook/react-vite';
import { createSessionClient, rolling, type Session, type SessionSource } from 'session-clock';
import { rehearsable, SessionDevtools } from 'session-clock/devtools';
import { ReloginDialog, SessionExpiryDialog } from 'session-clock/ui';
import { expect, screen, spyOn, userEvent, waitFor, within } from 'storybook/test';
import { fails, StoryPage, type StorySession, storySession } from './storySession';
import { rightToLeft } from './variants';

const meta: Meta = {
  title: 'Components/SessionDevtools',
  component: SessionDevtools,
  parameters: { layout: 'fullscreen' },
  render: (_args, { loaded }) => (
    <StoryPage story={loaded['story']}>
      {/* A built Storybook is a production build. */}
      <SessionDevtools inProduction />
    </StoryPage>
  ),
};

export default meta;

/** The panel is outside of the story's element, and inside of the dialog that is open. */
const canvas = screen;

/** Opens the panel and returns its session region, once the session is loaded. */
async function openPanel(): Promise<HTMLElement> {
  await userEvent.click(await canvas.findByText('session-clock'));
  const session = await canvas.findByRole('region', { name: 'Session' });
  await expect(await within(session).findByText('ada')).toBeVisible();
  return session;
}

/** The bar shows the status of the session and the token; the rest opens on demand. */
export const Closed: StoryObj = {
  loaders: [storySession()],
  play: async () => {
    await expect(await canvas.findByText('session active · token none')).toBeVisible();
    await expect(canvas.queryByRole('region', { name: 'Session' })).toBeNull();
  },
};

/** Shows both lifetimes, the actions and the events. */
export const Open: StoryObj = {
  loaders: [storySession({ extend: async () => {} })],
  play: async ({ loaded }) => {
    const { requests } = loaded['story'] as StorySession;
    await expect(await openPanel()).toBeVisible();
    await userEvent.click(canvas.getByRole('button', { name: 'Refresh' }));
    await userEvent.click(canvas.getByRole('button', { name: 'Extend' }));
    await expect(await canvas.findByText('access-token-refreshed')).toBeVisible();
    await expect(await canvas.findByText('session-extended')).toBeVisible();
    await expect(requests.extend).toBe(1);
    const token = within(canvas.getByRole('region', { name: 'Access token' }));
    await expect(token.getByText('fresh')).toBeVisible();
  },
};

/** "Mark as revoked" ends the session; a failed action shows its error code. */
export const Ended: StoryObj = {
  loaders: [storySession({ logout: fails })],
  play: async () => {
    await openPanel();
    await userEvent.click(canvas.getByRole('button', { name: 'Sign out' }));
    await expect(await canvas.findByText('Sign out: ERR_SERVER')).toBeVisible();
    await userEvent.click(canvas.getByRole('button', { name: 'Mark as revoked' }));
    await expect(await canvas.findByText('expired: revoked')).toBeVisible();
    await expect(await canvas.findByText('session-ended')).toBeVisible();
    await userEvent.click(canvas.getByRole('button', { name: 'Clear' }));
    await expect(canvas.getByText('No events yet.')).toBeVisible();
  },
};

/** Lists the inputs of the client, shows what the selected one changed, and copies the log as JSON. */
export const Inputs: StoryObj = {
  loaders: [storySession()],
  play: async () => {
    await openPanel();
    await userEvent.click(canvas.getByRole('button', { name: 'Mark as revoked' }));
    const inputs = within(canvas.getByRole('region', { name: 'Inputs' }));
    await userEvent.click(await inputs.findByRole('radio', { name: /ended revoked$/ }));
    const changes = within(inputs.getByRole('region', { name: 'Changes' }));
    await expect(changes.getByText('signIn.end')).toBeVisible();
    await userEvent.keyboard('{ArrowDown}');
    await expect(changes.queryByText('signIn.end')).toBeNull();
    await userEvent.keyboard('{ArrowUp}');
    await expect(changes.getByText('signIn.end')).toBeVisible();
    const writeText = spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
    await userEvent.click(inputs.getByRole('button', { name: 'Copy log as JSON' }));
    await expect(await inputs.findByText(/^Copied \d+ inputs/)).toBeVisible();
    await expect(writeText.mock.calls[0]?.[0]).not.toContain('Lovelace');
    writeText.mockRestore();
  },
};

/** On a phone, nothing is wider than the page. */
export const InputsOnAPhone: StoryObj = {
  ...Inputs,
  globals: { viewport: { value: 'mobile1', isRotated: false } },
  play: async (context) => {
    await Inputs.play?.(context);
    await expect(window.innerWidth).toBeLessThan(400);
    for (const element of document.querySelectorAll('.scd, .scd-body, .scd ol, .scd textarea')) {
      await expect(element.scrollWidth).toBeLessThanOrEqual(element.clientWidth);
    }
  },
};

/** Says when and why the session ends, and why each request was sent. */
export const Explained: StoryObj = {
  loaders: [storySession({ extend: async () => {} })],
  play: async () => {
    await openPanel();
    await userEvent.click(canvas.getByRole('button', { name: 'Extend' }));
    await expect(
      await canvas.findByText(/^Session ends .*: idle, as the source states, .*extended once\.$/),
    ).toBeVisible();
    const requests = within(canvas.getByRole('region', { name: 'Requests' }));
    await expect(await requests.findByText(/asked by extend\(\) → extended/)).toBeVisible();
    await expect(requests.getByText(/first request of this page → a session/)).toBeVisible();
    await expect(await canvas.findByText(/^1 with this panel; refresh lock free$/)).toBeVisible();
  },
};

/** A client whose source the panel can rehearse. */
function rehearsableSession(): { story: Pick<StorySession, 'client'> } {
  let expiresAt = Date.now() + 1_800_000;
  const session = (): Session => ({ user: { sub: 'ada' }, expiresAt });
  const stay = async (): Promise<Session> => {
    expiresAt = Date.now() + 1_800_000;
    return session();
  };
  const source: SessionSource = {
    name: crypto.randomUUID(),
    getSession: async () => session(),
    getAccessToken: async () => ({
      value: crypto.randomUUID(),
      expiresAt: Date.now() + 300_000,
    }),
    login: async () => void (await stay()),
    extend: stay,
  };
  const policy = rolling({ idle: '30m' });
  return {
    story: {
      client: createSessionClient({ source: rehearsable(source, { inProduction: true }), policy }),
    },
  };
}

/** The panel can be used while a modal dialog is open: it shows the warning, and makes "Stay" fail once. */
export const Rehearsal: StoryObj = {
  loaders: [rehearsableSession],
  render: (_args, { loaded }) => (
    <StoryPage story={loaded['story']}>
      <SessionExpiryDialog />
      <ReloginDialog />
      <SessionDevtools inProduction />
    </StoryPage>
  ),
  play: async () => {
    const session = within(await openPanel());
    const press = (name: string): Promise<void> =>
      userEvent.click(canvas.getByRole('button', { name }));
    await press('End session in 25 s');
    const dialog = await screen.findByRole('alertdialog');
    await press('Answer 429');
    await press('Stay signed in');
    await expect(await within(dialog).findByText(/is busy/)).toBeVisible();
    await press('Back to normal');
    await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
    await expect(canvas.getByRole('button', { name: 'Back to normal' })).toBeVisible();
    await press('Go offline');
    await expect(await session.findByText('offline')).toBeVisible();
    await press('Back to normal');
    await expect(await session.findByText('online')).toBeVisible();
  },
};

/** The warning makes the page inert, but not the panel, which does not close it. */
export const AboveAModalDialog: StoryObj = {
  loaders: [storySession({ left: 90, extend: async () => {} })],
  render: (_args, { loaded }) => (
    <StoryPage story={loaded['story']}>
      <SessionExpiryDialog />
      <SessionDevtools inProduction />
    </StoryPage>
  ),
  play: async () => {
    const dialog = await canvas.findByRole('alertdialog');
    const summary = await canvas.findByText('session-clock');
    // The browser finds no inert element at a point.
    await waitFor(() => {
      const { x, y, width, height } = summary.getBoundingClientRect();
      expect(summary.contains(document.elementFromPoint(x + width / 2, y + height / 2))).toBe(true);
    });
    await expect(await openPanel()).toBeVisible();
    await expect(dialog).toHaveAttribute('open');
  },
};

export const RightToLeft: StoryObj = { ...Open, decorators: [rightToLeft] };
