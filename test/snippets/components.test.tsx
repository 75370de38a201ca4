import './globals.ts';
import '@testing-library/jest-dom/vitest';
import { useQueryClient } from '@tanstack/react-query';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import type { ReactNode } from 'react';
import { absolute, hybrid } from 'session-clock';
import { renderWithSession, TestSource } from 'session-clock/testing';
import { afterEach, expect, it, vi } from 'vitest';

vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
// jsdom has none.
vi.stubGlobal('reportError', (error: unknown) => console.error(error));
afterEach(cleanup);

const policy = hybrid({ idle: '15m' });
const button = (name: string): HTMLElement => screen.getByRole('button', { name });

it('docs/dialogs.md: the session’s parts show the status, and warn', async () => {
  const { SessionParts } = await import('snippet:docs/dialogs.md#1');
  const { clock } = await renderWithSession(<SessionParts />, { policy });
  expect(screen.getByRole('status')).toHaveTextContent('Signed in');
  expect(button('Sign out')).toBeVisible();
  await clock.advance('13m');
  expect(screen.getByRole('alertdialog')).toBeInTheDocument();
});

it('docs/dialogs.md: the texts are replaced', async () => {
  const { Texts } = await import('snippet:docs/dialogs.md#2');
  const { SessionParts } = await import('snippet:docs/dialogs.md#1');
  const page = (
    <Texts>
      <SessionParts />
    </Texts>
  );
  const { clock, source } = await renderWithSession(page, { policy });
  (source as TestSource).emit({ type: 'revoked' });
  await clock.advance('1s');
  expect(screen.getByText('Your draft is saved.')).toBeInTheDocument();
});

it('docs/dialogs.md: content in the slots of the dialogs', async () => {
  const { Dialogs } = await import('snippet:docs/dialogs.md#src/Dialogs.tsx');
  const { clock, client } = await renderWithSession(<Dialogs />, { policy });
  await clock.advance('13m');
  expect(screen.getByRole('alertdialog')).toContainElement(
    screen.getByText('Why am I signed out?'),
  );
  expect(button('Stay signed in')).toHaveClass('sc-primary', 'rounded-full');
  client.notifyRevoked();
  await clock.advance('1s');
  expect(button('Sign in again')).toBeVisible();
  expect(screen.queryByText('Get help')).toBeNull();
});

it('docs/dialogs.md: a countdown in minutes', async () => {
  const { Minutes } = await import('snippet:docs/dialogs.md#src/Minutes.tsx');
  await renderWithSession(<Minutes />, { policy });
  expect(screen.getByRole('timer')).toHaveTextContent('15 min');
});

it('docs/dialogs.md: dialogs of your own, with a plain <dialog>', async () => {
  const { OwnDialogs } = await import('snippet:docs/dialogs.md#src/OwnDialogs.tsx');
  const { clock, source } = await renderWithSession(<OwnDialogs />, { policy });
  await clock.advance('13m');
  expect(screen.getByRole('alertdialog')).toHaveTextContent('You will be signed out at');
  source.fail('ERR_SERVER', 'extend');
  fireEvent.click(button('Stay signed in'));
  await clock.advance('1s');
  expect(screen.getByText(/is having trouble/)).toHaveAttribute('role', 'alert');
  source.recover();
  fireEvent.keyDown(screen.getByRole('alertdialog'), { key: 'Escape' });
  await clock.advance('1s');
  expect(screen.queryByRole('alertdialog')).toBeNull();
  expect(screen.getByRole('status')).toHaveTextContent('Signed in until');
});

it('docs/dialogs.md: a dialog of your own leaves a reminder after "Not now"', async () => {
  const { OwnDialogs } = await import('snippet:docs/dialogs.md#src/OwnDialogs.tsx');
  const fixed = { policy: absolute({ lifetime: '15m' }) };
  const { clock } = await renderWithSession(<OwnDialogs />, fixed);
  await clock.advance('13m');
  fireEvent.click(button('Not now'));
  fireEvent.click(screen.getByRole('button', { name: /You will be signed out at/ }));
  expect(button('Sign in again')).toBeVisible();
});

it('docs/dialogs.md: an own question is asked while a call waits for a sign-in', async () => {
  const { OwnQuestion } = await import('snippet:docs/dialogs.md#src/OwnQuestion.tsx');
  const { client, clock, source } = await renderWithSession(<OwnQuestion />, { policy });
  act(() => (source as TestSource).emit({ type: 'revoked' }));
  const call = client.getAccessToken().catch((error: { code: string }) => error.code);
  await clock.advance('1s');
  fireEvent.click(button('Not now'));
  expect(await call).toBe('ERR_LOGIN_CANCELLED');
  fireEvent.click(button('Session ended. Sign in again'));
  fireEvent.click(button('Sign in again'));
  await clock.advance('1s');
  expect(screen.getByRole('status')).toHaveTextContent('You are signed in');
});

it('docs/getting-started.md: an own button signs the user in, and says nothing about a closed pop-up', async () => {
  const { SignIn } = await import('snippet:docs/getting-started.md#3');
  const source = new TestSource();
  source.session = null;
  source.fail('ERR_LOGIN_CANCELLED', 'login');
  const { clock } = await renderWithSession(<SignIn />, { policy, source });
  fireEvent.click(button('Sign in'));
  await clock.advance('1s');
  expect(screen.getByRole('alert')).toBeEmptyDOMElement();
  source.recover();
  fireEvent.click(button('Sign in'));
  await clock.advance('2s');
  expect(screen.queryByRole('button')).toBeNull();
});

it('docs/getting-started.md: both lifetimes are shown', async () => {
  const { Lifetimes } = await import('snippet:docs/getting-started.md#src/Lifetimes.tsx');
  const { clock } = await renderWithSession(<Lifetimes />, { policy });
  await clock.advance('1s');
  expect(screen.getByText('The session is active.')).toBeInTheDocument();
  expect(screen.getByText('The access token is fresh.')).toBeInTheDocument();
  expect(screen.getByText(/It expires in \d+ seconds\./)).toBeInTheDocument();
});

it('docs/api-calls.md: a critical action waits for the step-up', async () => {
  const { DeleteAccount } = await import('snippet:docs/api-calls.md#5');
  const onConfirm = vi.fn();
  const { clock } = await renderWithSession(<DeleteAccount onConfirm={onConfirm} />, { policy });
  fireEvent.click(button('Delete my account'));
  await clock.advance('1s');
  expect(onConfirm).not.toHaveBeenCalled();
});

it('docs/api-calls.md: the providers give the page a cache', async () => {
  const { Providers } = await import('snippet:docs/api-calls.md#6');
  const Shown = (): ReactNode => <p>{typeof useQueryClient().clear}</p>;
  await act(async () => {
    render(
      <Providers>
        <Shown />
      </Providers>,
    );
  });
  expect(screen.getByText('function')).toBeVisible();
});

it('docs/getting-started.md: each part signs in by a redirect', async () => {
  const { SignInParts } = await import('snippet:docs/getting-started.md#2');
  const source = new TestSource();
  source.session = null;
  const { clock } = await renderWithSession(<SignInParts />, { policy, source });
  fireEvent.click(button('Sign in'));
  await clock.advance('2s');
  expect(source.loginRequests).toEqual([{ display: 'redirect' }]);
});

it('docs/dialogs.md: the devtools are shown', async () => {
  const { Tools } = await import('snippet:docs/dialogs.md#src/Tools.tsx');
  await renderWithSession(<Tools />, { policy });
  expect(await screen.findByText('session-clock')).toBeVisible();
});

it('docs/api-calls.md: a call adds the header against request forgery', async () => {
  const send = vi.spyOn(globalThis, 'fetch').mockResolvedValue(new Response('ok'));
  const { appFetch } = await import('snippet:docs/api-calls.md#7');
  const { client } = await import('snippet:docs/api-calls.md#src/api.ts');
  await client.login();
  await act(() => appFetch(`${location.origin}/notes`));
  expect((send.mock.calls[0]?.[0] as Request).headers.has('X-CSRF-Token')).toBe(true);
  send.mockRestore();
});
