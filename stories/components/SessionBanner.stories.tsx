import type { Meta, StoryObj } from '@storybook/react-vite';
import { SessionBanner, type SessionBannerProps } from 'session-clock/ui';
import { ar } from 'session-clock/ui/messages/ar';
import { expect, userEvent, waitFor, within } from 'storybook/test';
import { classNameArg, classNamesArg, inlined, loginArg, messagesArg } from './argTypes';
import { fails, StoryPage, type StorySession, storySession } from './storySession';
import { arabic, chinese, dark, narrow, reset, rightToLeft } from './variants';

type Story = StoryObj<SessionBannerProps>;
type Context = Parameters<NonNullable<Story['play']>>[0];

const meta: Meta<SessionBannerProps> = {
  title: 'Components/SessionBanner',
  component: SessionBanner,
  args: { isSticky: false },
  argTypes: {
    login: loginArg,
    className: classNameArg,
    classNames: classNamesArg,
    messages: messagesArg,
  },
  parameters: inlined,
  render: (args, { loaded }) => (
    <StoryPage story={loaded['story']}>
      <SessionBanner {...args} />
      <p>The content goes on below the banner, and can be used while it is shown.</p>
    </StoryPage>
  ),
};

export default meta;

const banner = ({ canvas }: Context): Promise<HTMLElement> =>
  canvas.findByRole('region', { name: 'Your session is about to end' });
const press = async (context: Context, name: string): Promise<void> =>
  userEvent.click(within(await banner(context)).getByRole('button', { name }));
const requests = ({ loaded }: Context): StorySession['requests'] =>
  (loaded['story'] as StorySession).requests;

/** The banner has a row of its own: it covers nothing, and the focus stays where it was. */
export const Warning: Story = {
  loaders: [storySession({ left: 90, extend: async () => {} })],
  play: async (context) => {
    const { canvas } = context;
    const region = await banner(context);
    await expect(within(region).getByRole('timer')).toHaveTextContent(/^1:(30|2\d)$/);
    await expect(within(region).getByText(/^You will be signed out at/)).toBeVisible();
    await expect(region.contains(document.activeElement)).toBe(false);
    const { top, bottom } = region.getBoundingClientRect();
    for (const each of [canvas.getByRole('textbox'), canvas.getByText(/^The content/)]) {
      const box = each.getBoundingClientRect();
      await expect(box.bottom <= top || box.top >= bottom).toBe(true);
    }
    await waitFor(() => expect(within(region).getByText(/^Your session ends in/)).toBeTruthy(), {
      timeout: 4_000,
    });
  },
};

/** The result is shown and announced, and the focus returns to the field. */
export const Stay: Story = {
  ...Warning,
  play: async (context) => {
    await banner(context);
    const note = context.canvas.getByRole('textbox');
    await userEvent.click(note);
    await press(context, 'Stay signed in');
    const result = await context.canvas.findByText(/^Signed in until/);
    await expect(result).toHaveAttribute('role', 'status');
    await expect(note).toHaveFocus();
    await expect(requests(context).extend).toBe(1);
  },
};

export const SignOut: Story = {
  ...Warning,
  play: async (context) => {
    await press(context, 'Sign out');
    await waitFor(() => expect(context.canvas.queryByRole('region')).toBeNull());
    await expect(requests(context)).toMatchObject({ extend: 0, logout: 1 });
  },
};

export const StayFails: Story = {
  loaders: [storySession({ left: 90, extend: fails })],
  play: async (context) => {
    await press(context, 'Stay signed in');
    const region = await banner(context);
    await waitFor(() => expect(within(region).getByText(/is having trouble/)).toBeVisible());
    await expect(within(region).getByRole('button', { name: 'Stay signed in' })).toHaveFocus();
  },
};

/** The session cannot be extended, so the banner offers a new sign-in. */
export const FixedEnd: Story = {
  loaders: [storySession({ left: 90 })],
  play: async (context) => {
    await expect(await banner(context)).toHaveTextContent(/cannot be extended/);
    await press(context, 'Sign in again');
    await waitFor(() => expect(context.canvas.queryByRole('timer')).toBeNull());
    await expect(requests(context).login).toBe(1);
  },
};

/** Under 20 seconds the time is red and bold. */
export const TooLate: Story = {
  loaders: [storySession({ left: 15, extend: async () => {} })],
  play: async (context) => {
    await expect(await banner(context)).toHaveTextContent(/too little time/);
    const time = context.canvas.getByRole('timer');
    await expect(time).toHaveAttribute('data-level', 'urgent');
    await expect(getComputedStyle(time).fontWeight).toBe('700');
  },
};

/** In a page that scrolls, it stays at the edge of the view; at the end of the page it covers nothing either. */
export const Sticky: Story = {
  ...Warning,
  args: { isSticky: true },
  render: (args, { loaded }) => (
    <div data-testid="scroller" style={{ blockSize: 300, overflow: 'auto' }}>
      <StoryPage story={loaded['story']}>
        <SessionBanner {...args} />
        <div style={{ blockSize: 900 }} />
        <p>The end</p>
      </StoryPage>
    </div>
  ),
  play: async (context) => {
    const region = await banner(context);
    const scroller = context.canvas.getByTestId('scroller');
    scroller.tabIndex = 0;
    scroller.scrollTop = scroller.scrollHeight;
    const box = (element: Element): DOMRect => element.getBoundingClientRect();
    await waitFor(() => expect(box(region).top - box(scroller).top).toBeLessThan(2));
    await expect(box(context.canvas.getByText('The end')).top).toBeGreaterThan(box(region).bottom);
  },
};

/** On a phone nothing is wider than the page, and the buttons are large enough to be touched. */
export const Narrow: Story = {
  ...Warning,
  decorators: [narrow],
  play: async (context) => {
    const region = await banner(context);
    await expect(region.scrollWidth).toBeLessThanOrEqual(region.clientWidth);
    await expect(region.getBoundingClientRect().width).toBeLessThanOrEqual(320);
    for (const button of within(region).getAllByRole('button'))
      await expect(button.getBoundingClientRect().height).toBeGreaterThanOrEqual(40);
  },
};

export const WithCssReset: Story = {
  ...Warning,
  decorators: [reset],
  play: async (context) => {
    const { paddingTop } = getComputedStyle(await banner(context));
    await expect(Number.parseFloat(paddingTop)).toBeGreaterThan(8);
  },
};

export const Dark: Story = { ...Warning, decorators: [dark] };

export const TooLateDark: Story = { ...TooLate, decorators: [dark] };

export const RightToLeft: Story = {
  ...Warning,
  decorators: [rightToLeft],
  play: async (context) => {
    const region = await banner(context);
    const [time, stay] = [
      within(region).getByRole('timer'),
      within(region).getByRole('button', { name: 'Stay signed in' }),
    ].map((each) => each.getBoundingClientRect()) as [DOMRect, DOMRect];
    // On a wide page they are in one row.
    if (time.bottom > stay.top) await expect(time.left).toBeGreaterThan(stay.right);
  },
};

export const Chinese: Story = {
  ...Warning,
  decorators: [chinese],
  play: async ({ canvas }) => {
    const region = await canvas.findByRole('region', { name: '您的会话即将结束' });
    await expect(within(region).getByRole('button', { name: '保持登录' })).toBeVisible();
    await expect(region).toHaveTextContent(/自动退出登录/);
  },
};

export const Arabic: Story = {
  ...Warning,
  decorators: [arabic],
  play: async ({ canvas }) => {
    const region = await canvas.findByRole('region', { name: ar.expiry.title });
    await expect(getComputedStyle(region).direction).toBe('rtl');
    await expect(within(region).getByRole('button', { name: ar.expiry.stay })).toBeVisible();
  },
};
