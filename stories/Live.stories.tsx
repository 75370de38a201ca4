import type { Meta, StoryObj } from '@storybook/react-vite';
import { Callback as CallbackPage } from './live/Callback';
import { Live as LivePage } from './live/Live';

const meta: Meta = { title: 'Live', parameters: { layout: 'fullscreen' } };

export default meta;

/** A real sign-in at a real OpenID provider; see the README for how to start it. */
export const Live: StoryObj = { render: () => <LivePage /> };

/** Where the provider comes back to; not a page to look at. */
export const Callback: StoryObj = { render: () => <CallbackPage />, tags: ['!dev'] };
