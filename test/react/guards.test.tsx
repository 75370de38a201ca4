import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { Profiler, type ProfilerOnRenderCallback, type ReactNode, StrictMode } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  RequireSession,
  rolling,
  type Session,
  SessionProvider,
  SignedIn,
  SignedOut,
} from '../../src/index.js';
import { createTestClient, renderWithSession, TestSource } from '../../src/testing/index.js';

vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
afterEach(cleanup);

const policy = rolling({ idle: '10m', warnBefore: '2m' });
const bob: Session = { user: { sub: 'bob' } };

function Guards(): ReactNode {
  return (
    <StrictMode>
      <p data-testid="shown">
        <SignedIn fallback="no user, ">a user, </SignedIn>
        <SignedOut fallback="not out, ">out, </SignedOut>
        <RequireSession fallback="no content">content</RequireSession>
      </p>
    </StrictMode>
  );
}

const shown = (): string | null => screen.getByTestId('shown').textContent;

describe('what the guards show', () => {
  it('follows the session through its end, a new sign-in and a sign-out', async () => {
    const { clock, client } = await renderWithSession(<Guards />, { policy });
    expect(shown()).toBe('a user, not out, content');
    await clock.advance('9m');
    expect(shown(), 'expiring').toBe('a user, not out, content');
    await clock.advance('1m');
    expect(shown(), 'expired').toBe('no user, out, content');
    await act(() => client.login());
    expect(shown(), 'signed in again').toBe('a user, not out, content');
    await act(() => client.logout());
    expect(shown(), 'signed out').toBe('no user, out, no content');
  });

  it('is the fallback while the source has not answered', async () => {
    const source = new TestSource();
    source.getSession = () => new Promise(() => {});
    await renderWithSession(<Guards />, { source });
    expect(shown()).toBe('no user, not out, no content');
  });

  it('is nothing without a fallback', async () => {
    const { container } = await renderWithSession(
      <>
        <SignedIn>a user</SignedIn>
        <RequireSession>content</RequireSession>
      </>,
      { session: null },
    );
    expect(container.textContent).toBe('');
  });
});

describe('the work of the user', () => {
  const page = (
    <>
      <RequireSession>
        <input aria-label="Note" />
      </RequireSession>
      <SignedIn>
        <input aria-label="Search" />
      </SignedIn>
    </>
  );
  const type = (value: string): void => {
    for (const field of screen.getAllByRole('textbox'))
      fireEvent.change(field, { target: { value } });
  };
  const valueOf = (name: string): string =>
    screen.getByRole<HTMLInputElement>('textbox', { name }).value;

  it('stays in RequireSession when the session ends and the same user signs in again', async () => {
    const { clock, client } = await renderWithSession(page, { policy });
    type('half a sentence');
    await clock.advance('10m');
    expect(valueOf('Note')).toBe('half a sentence');
    await act(() => client.login());
    expect(valueOf('Note')).toBe('half a sentence');
  });

  it('is not shown to another user who signs in after the end', async () => {
    const { clock, client, source } = await renderWithSession(page, { policy });
    type('a secret');
    await clock.advance('10m');
    source.nextSession = bob;
    await act(() => client.login());
    expect(valueOf('Note')).toBe('');
  });

  it('is not shown to another user whose sign-in replaces the first one', async () => {
    const { client, source } = await renderWithSession(page, { policy });
    type('a secret');
    source.nextSession = bob;
    await act(() => client.login());
    expect([valueOf('Note'), valueOf('Search')]).toEqual(['', '']);
  });
});

it('a guard re-renders only when what it shows changes', async () => {
  const onRender = vi.fn<ProfilerOnRenderCallback>();
  const guards = (
    <Profiler id="guards" onRender={onRender}>
      <SignedIn>a user</SignedIn>
      <RequireSession>content</RequireSession>
      <SignedOut>out</SignedOut>
    </Profiler>
  );
  const { clock, client } = await renderWithSession(guards, { policy });
  onRender.mockClear();
  const snapshots = new Set([client.getSnapshot()]);
  client.subscribe(() => snapshots.add(client.getSnapshot()));
  await act(() => client.refresh());
  await clock.advance('9m');
  await act(() => client.login());
  expect(snapshots.size).toBeGreaterThan(3);
  expect(onRender).not.toHaveBeenCalled();
  await clock.advance('10m');
  expect(onRender).toHaveBeenCalledOnce();
});

it('a boundary that hydrates after the end of the session has no mismatch', async () => {
  const client = createTestClient({ source: new TestSource(), initialSession: bob });
  const page = (
    <SessionProvider client={client}>
      <RequireSession fallback="no content">content</RequireSession>
    </SessionProvider>
  );
  const container = document.createElement('div');
  container.innerHTML = renderToString(page);
  expect(container.textContent).toBe('content');
  client.start();
  await client.logout();
  const onRecoverableError = vi.fn<(error: unknown) => void>();
  const root = await act(async () => hydrateRoot(container, page, { onRecoverableError }));
  expect(onRecoverableError).not.toHaveBeenCalled();
  expect(container.textContent).toBe('no content');
  await act(async () => root.unmount());
  client.stop();
});
