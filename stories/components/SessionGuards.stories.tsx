import type { Meta, StoryObj } from '@storybook/react-vite';
import type { ReactNode } from 'react';
import { RequireSession, SignedIn, SignedOut, useUser } from 'session-clock';
import { SignInButton, SignOutButton } from 'session-clock/ui';
import { ar } from 'session-clock/ui/messages/ar';
import { expect, userEvent } from 'storybook/test';
import { inlined } from './argTypes';
import { StoryPage, type StorySession, storySession } from './storySession';
import { arabic, chinese, dark, narrow, rightToLeft } from './variants';

interface Args {
  fallback: string;
}

type Story = StoryObj<Args>;

/** A page whose parts depend on the session; a draft is kept at its end. */
const meta: Meta<Args> = {
  title: 'Components/SignedIn, SignedOut, RequireSession',
  args: { fallback: 'Sign in to write.' },
  parameters: inlined,
  render: ({ fallback }, { loaded }) => (
    <StoryPage story={loaded['story']}>
      <SignedIn>
        <Greeting /> <SignOutButton />
      </SignedIn>
      <SignedOut>
        <SignInButton />
      </SignedOut>
      <RequireSession fallback={<p>{fallback}</p>}>
        <label>
          Draft <textarea name="draft" />
        </label>
      </RequireSession>
    </StoryPage>
  ),
};

export default meta;

function Greeting(): ReactNode {
  return <p>Hello, {useUser((user) => user.name)}.</p>;
}

export const User: Story = {
  loaders: [storySession()],
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Hello, Ada Lovelace.')).toBeVisible();
    await expect(canvas.getByRole('textbox', { name: 'Draft' })).toBeVisible();
    await expect(canvas.queryByRole('button', { name: 'Sign in' })).toBeNull();
  },
};

export const NoUser: Story = {
  loaders: [storySession({ user: null })],
  play: async ({ canvas, args }) => {
    await expect(await canvas.findByRole('button', { name: 'Sign in' })).toBeVisible();
    await expect(canvas.getByText(args.fallback)).toBeVisible();
    await expect(canvas.queryByRole('textbox', { name: 'Draft' })).toBeNull();
  },
};

/** Until the source has answered, no sign-in is offered. */
export const Loading: Story = {
  loaders: [storySession({ user: 'pending' })],
  play: async ({ canvas, args }) => {
    await expect(await canvas.findByText(args.fallback)).toBeVisible();
    await expect(canvas.queryByRole('button')).toBeNull();
  },
};

/** When the session ends, the draft stays, and the user can sign in again. */
export const KeepsTheDraft: Story = {
  loaders: [storySession()],
  play: async ({ canvas, loaded }) => {
    const draft = await canvas.findByRole('textbox', { name: 'Draft' });
    await userEvent.type(draft, 'half a sentence');
    (loaded['story'] as StorySession).client.notifyRevoked();
    await userEvent.click(await canvas.findByRole('button', { name: 'Sign in' }));
    await expect(await canvas.findByText('Hello, Ada Lovelace.')).toBeVisible();
    await expect(draft).toHaveValue('half a sentence');
    await expect(draft).toBeVisible();
  },
};

/** After a sign-out the content is gone. */
export const SignOut: Story = {
  loaders: [storySession()],
  play: async ({ canvas, args }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Sign out' }));
    await expect(await canvas.findByText(args.fallback)).toBeVisible();
    await expect(canvas.queryByRole('textbox', { name: 'Draft' })).toBeNull();
  },
};

export const Dark: Story = { ...User, decorators: [dark] };

export const RightToLeft: Story = { ...User, decorators: [rightToLeft] };

export const Narrow: Story = { ...User, decorators: [narrow] };

export const Chinese: Story = {
  loaders: [storySession({ user: null })],
  decorators: [chinese],
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('button', { name: '登录' })).toBeVisible();
  },
};

export const Arabic: Story = {
  loaders: [storySession({ user: null })],
  decorators: [arabic],
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('button', { name: ar.signIn })).toBeVisible();
  },
};
