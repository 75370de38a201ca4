import type { Meta, StoryObj } from '@storybook/react-vite';
import { SessionDevtools } from 'session-clock/devtools';
import { expect, spyOn, userEvent, within } from 'storybook/test';
import { fails, StoryPage, type StorySession, storySession } from './storySession';
import { rightToLeft } from './variants';

const meta: Meta = {
  title: 'Components/SessionDevtools',
  component: SessionDevtools,
  parameters: { layout: 'fullscreen' },
  render: (_args, { loaded }) => (
    <StoryPage story={loaded['story']}>
      <SessionDevtools />
    </StoryPage>
  ),
};

export default meta;

type Canvas = ReturnType<typeof within>;

/** Opens the panel and returns its session region, once the session is loaded. */
async function openPanel(canvas: Canvas): Promise<HTMLElement> {
  await userEvent.click(canvas.getByText('session-clock'));
  const session = await canvas.findByRole('region', { name: 'Session' });
  await expect(await within(session).findByText('ada')).toBeVisible();
  return session;
}

/** The bar shows the status of the session and the token; the rest opens on demand. */
export const Closed: StoryObj = {
  loaders: [storySession()],
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('session active · token none')).toBeVisible();
    await expect(canvas.queryByRole('region', { name: 'Session' })).toBeNull();
  },
};

/** Shows both lifetimes, the actions and the events. */
export const Open: StoryObj = {
  loaders: [storySession({ extend: async () => {} })],
  play: async ({ canvas, loaded }) => {
    const { requests } = loaded['story'] as StorySession;
    await expect(await openPanel(canvas)).toBeVisible();
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
  play: async ({ canvas }) => {
    await openPanel(canvas);
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
  play: async ({ canvas }) => {
    await openPanel(canvas);
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
    for (const element of context.canvasElement.querySelectorAll('.scd, .scd-body, ol, textarea')) {
      await expect(element.scrollWidth).toBeLessThanOrEqual(element.clientWidth);
    }
  },
};

export const RightToLeft: StoryObj = { ...Open, decorators: [rightToLeft] };
