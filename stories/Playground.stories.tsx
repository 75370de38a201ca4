import type { Meta, StoryObj } from '@storybook/react-vite';
import { useArgs } from 'storybook/preview-api';
import { expect, screen, userEvent, waitFor, within } from 'storybook/test';
import { arabic, chinese, dark, rightToLeft } from './components/variants';
import { Playground as PlaygroundPage } from './playground/Playground';
import { defaultSettings, type Settings } from './playground/settings';

type Story = StoryObj<Settings>;
type Canvas = ReturnType<typeof within>;

const meta: Meta<Settings> = {
  title: 'Playground',
  args: defaultSettings,
  tags: ['!autodocs'],
  render: function Render(args) {
    const [, updateArgs] = useArgs<Settings>();
    return <PlaygroundPage settings={args} onChange={updateArgs} />;
  },
};

export default meta;

/** A whole sign-in without a server. The settings are part of the address, so that it can be shared. */
export const Playground: Story = {};

const region = (canvas: Canvas, name: string | RegExp) =>
  within(canvas.getByRole('region', { name }));
const press = (canvas: Canvas, part: string, name: string) =>
  userEvent.click(region(canvas, part).getByRole('button', { name }));
const choose = (canvas: Canvas, label: string, value: string) =>
  userEvent.selectOptions(canvas.getByLabelText(label), value);
const patient = { timeout: 8_000 };
const shows = (canvas: Canvas, part: string, text: string | RegExp) =>
  waitFor(() => expect(region(canvas, part).getByText(text)).toBeVisible(), patient);
const dialog = async (name: RegExp) =>
  within(await screen.findByRole('alertdialog', { name }, patient));

async function skip(canvas: Canvas, minutes: 1 | 5): Promise<void> {
  await press(canvas, 'Actions', `Skip ${minutes} min`);
  const actions = canvas.getByRole('region', { name: 'Actions' });
  await waitFor(() => expect(actions).toHaveAttribute('aria-busy', 'false'), patient);
}

/** The lines of the list of what happened, newest first. */
const lines = (canvas: Canvas): string[] =>
  region(canvas, /^What happened/)
    .getAllByRole('listitem')
    .map((line) => line.textContent ?? '');
const count = (canvas: Canvas, text: RegExp): number =>
  lines(canvas).filter((line) => text.test(line)).length;

/** A session in two tabs, with a failure of the server, a warning, an end and a new sign-in. For tests. */
export const WholeLifetime: Story = {
  tags: ['!dev'],
  args: { speed: 1, accessToken: 1, idle: 4, warnBefore: 60 },
  play: async ({ canvas, step }) => {
    await step('Both tabs are signed in, and share one token', async () => {
      await shows(canvas, 'Tab 1', 'fresh');
      await shows(canvas, 'Tab 2', 'Ada Lovelace');
      await expect(count(canvas, /POST \/api\/token 200/)).toBe(1);
    });
    await step('The token is refreshed before it expires', async () => {
      await skip(canvas, 1);
      await expect(count(canvas, /POST \/api\/token 200/)).toBe(2);
      await expect(count(canvas, /access-token-refreshed/)).toBe(2);
    });
    await step('A failure does not end the session', async () => {
      await choose(canvas, 'Fault', '503');
      await skip(canvas, 1);
      await shows(canvas, 'Tab 1', 'Sign-in service not answering');
      await shows(canvas, 'Tab 1', 'active');
      await choose(canvas, 'Fault', 'none');
    });
    await step('The user is warned, and stays signed in', async () => {
      await skip(canvas, 1);
      const warning = await dialog(/about to end/);
      await userEvent.click(warning.getByRole('button', { name: 'Stay signed in' }));
      await shows(canvas, 'Tab 1', 'active');
    });
    await step('Without an answer the session ends, in both tabs', async () => {
      await choose(canvas, 'Warning', 'banner');
      await skip(canvas, 5);
      await shows(canvas, 'Tab 1', 'expired: idle');
      await shows(canvas, 'Tab 2', 'Session ended');
    });
    await step('After a new sign-in both tabs continue', async () => {
      const question = await dialog(/has ended/);
      await userEvent.click(question.getByRole('button', { name: 'Sign in again' }));
      await shows(canvas, 'Tab 1', 'active');
      await shows(canvas, 'Tab 2', 'Signed in');
    });
  },
};

/** A sign-in and a sign-out in one tab reach the other one. */
export const TwoTabs: Story = {
  tags: ['!dev'],
  args: { speed: 1 },
  play: async ({ canvas, step }) => {
    await shows(canvas, 'Tab 1', 'Ada Lovelace');
    await step('Another user signs in in the other tab', async () => {
      await press(canvas, 'Tab 2', 'Sign in as Grace');
      await shows(canvas, 'Tab 1', 'Grace Hopper');
      await expect(count(canvas, /user-changed/)).toBe(1);
    });
    await step('A sign-out signs out both tabs', async () => {
      await press(canvas, 'Tab 1', 'Sign out');
      await shows(canvas, 'Tab 1', 'Signed out');
      await shows(canvas, 'Tab 2', 'Signed out');
    });
  },
};

/** The settings change the simulation: here the session ends with a fixed lifetime, which the server states. */
export const OtherSettings: Story = {
  tags: ['!dev'],
  args: { speed: 1, policy: 'server', absolute: 10, idle: 60 },
  play: async ({ canvas }) => {
    await shows(canvas, 'Tab 1', 'ends however active the user is');
    await choose(canvas, 'Policy', 'absolute');
    await expect(canvas.getByText("absolute({ lifetime: '10m' })")).toBeVisible();
    await shows(canvas, 'Tab 1', 'active');
    await choose(canvas, 'Policy', 'hybrid');
    await shows(canvas, 'Tab 1', 'ends however active the user is');
  },
};

/** A device whose clock is an hour ahead, and which sleeps: the session and its token are unaffected. */
export const WrongClock: Story = {
  tags: ['!dev'],
  args: { speed: 1, clockError: 60, absolute: 480, idle: 120 },
  play: async ({ canvas }) => {
    await shows(canvas, 'Tab 1', 'fresh');
    await press(canvas, 'Actions', 'Sleep for 1 h');
    await skip(canvas, 1);
    await shows(canvas, 'Tab 1', 'active');
    await shows(canvas, 'Tab 1', 'fresh');
  },
};

const still: Story = {
  args: { speed: 1 },
  play: ({ canvas }) => shows(canvas, 'Tab 1', 'fresh'),
};

export const Dark: Story = { ...still, tags: ['!dev'], decorators: [dark] };

export const RightToLeft: Story = { ...still, tags: ['!dev'], decorators: [rightToLeft] };

export const Arabic: Story = { ...still, tags: ['!dev'], decorators: [arabic] };

export const Chinese: Story = { ...still, tags: ['!dev'], decorators: [chinese] };

/** On a phone, nothing is wider than the page. */
export const OnAPhone: Story = {
  ...still,
  tags: ['!dev'],
  globals: { viewport: { value: 'mobile1', isRotated: false } },
  play: async ({ canvas }) => {
    await shows(canvas, 'Tab 1', 'fresh');
    const { scrollWidth, clientWidth } = document.documentElement;
    await expect(clientWidth).toBeLessThan(400);
    await expect(scrollWidth).toBeLessThanOrEqual(clientWidth);
  },
};
