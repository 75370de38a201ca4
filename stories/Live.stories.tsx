import type { Meta, StoryObj } from '@storybook/react-vite';
import { Callback as CallbackPage } from './live/Callback';
import { Live as LivePage } from './live/Live';

const meta: Meta = { title: 'Live', parameters: { layout: 'fullscreen' } };

export default meta;

/** A real sign-in at a real OpenID provider. The README says how to start it. */
export const Live: StoryObj = { render: () => <LivePage /> };

/** The page at `redirect_uri`. It is not listed in the sidebar. */
export const Callback: StoryObj = { render: () => <CallbackPage />, tags: ['!dev'] };
