import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, userEvent, waitFor, within } from 'storybook/test';
import { dark, rightToLeft } from './components/variants';
import { Callback as CallbackPage } from './live/Callback';
import { Live as LivePage } from './live/Live';
import { LiveApp } from './live/LiveApp';
import { createPreview, type LivePreview } from './live/preview';

const meta: Meta = { title: 'Live', tags: ['!autodocs'] };

export default meta;

/** A sign-in at an OpenID provider. `npm start` starts the provider. */
export const Live: StoryObj = { render: () => <LivePage /> };

/** The page at `redirect_uri`. It is not listed in the sidebar. */
export const Callback: StoryObj = { render: () => <CallbackPage />, tags: ['!dev'] };

const stepOf = (canvasElement: HTMLElement, id: string) =>
  canvasElement.querySelector<HTMLElement>(`[data-step="${id}"]`) as HTMLElement;
const isDone = (canvasElement: HTMLElement, id: string) =>
  waitFor(() => expect(stepOf(canvasElement, id)).toHaveAttribute('data-done', 'true'));

/** The page with an in-memory source: the steps are checked off without a provider. For tests. */
export const Steps: StoryObj = {
  tags: ['!dev'],
  loaders: [() => ({ preview: createPreview() })],
  render: (_args, { loaded }) => {
    const { client } = loaded['preview'] as LivePreview;
    return <LiveApp key={client.name} api={location.origin} client={client} />;
  },
  play: async ({ canvas, canvasElement, loaded }) => {
    const { client } = loaded['preview'] as LivePreview;
    await expect(stepOf(canvasElement, 'sign-in')).toHaveAttribute('aria-current', 'step');
    await userEvent.type(canvas.getByLabelText('Your note'), 'a thought');
    await userEvent.click(await canvas.findByRole('button', { name: 'Sign in' }));
    await isDone(canvasElement, 'sign-in');
    await expect(canvas.getByText('Step done: Sign in. 1 of 7.')).toHaveAttribute('role', 'status');

    await waitFor(() => expect(client.getSnapshot().accessToken.status).toBe('fresh'));
    await client.refresh();
    await isDone(canvasElement, 'refresh');
    await expect(stepOf(canvasElement, 'refresh')).toHaveTextContent(/\d+ s before the old one/);

    client.notifyRevoked();
    const dialog = within(await within(document.body).findByRole('alertdialog'));
    await userEvent.click(dialog.getByRole('button', { name: 'Sign in again' }));
    await isDone(canvasElement, 'sign-in-again');

    await userEvent.click(await canvas.findByRole('button', { name: 'Sign out' }));
    await isDone(canvasElement, 'sign-out');
    await expect(stepOf(canvasElement, 'outage')).toHaveAttribute('data-done', 'false');
  },
};

export const StepsDark: StoryObj = { ...Steps, tags: ['!dev'], decorators: [dark] };

export const StepsRightToLeft: StoryObj = { ...Steps, tags: ['!dev'], decorators: [rightToLeft] };

/** On a phone, nothing is wider than the page. */
export const StepsOnAPhone: StoryObj = {
  ...Steps,
  tags: ['!dev'],
  globals: { viewport: { value: 'mobile1', isRotated: false } },
  play: async (context) => {
    await Steps.play?.(context);
    const { scrollWidth, clientWidth } = document.documentElement;
    await expect(clientWidth).toBeLessThan(400);
    await expect(scrollWidth).toBeLessThanOrEqual(clientWidth);
  },
};
