import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import * as React from 'react';
import { type ReactNode, StrictMode } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hybrid, rolling, type SessionClient } from '../../src/index.js';
import { type RenderedSession, renderWithSession, TestSource } from '../../src/testing/index.js';
import {
  en,
  type LoginPrompt,
  ReloginDialog,
  useLoginPrompt,
  usePromptTexts,
} from '../../src/ui/index.js';
import { Tree } from './Tree.js';

vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
const consoleError = vi.spyOn(console, 'error');
beforeEach(() => {
  consoleError.mockClear();
});
afterEach(() => {
  cleanup();
  expect(consoleError).not.toHaveBeenCalled();
});

const policy = hybrid({ idle: '15m' });
/** A token that is refused does not end the session. */
const tokenPolicy = rolling({ idle: '8h' });
const press = (name: string): boolean => fireEvent.click(screen.getByRole('button', { name }));

let prompt: LoginPrompt;

/** A dialog of an app, which is no `<dialog>`. */
function OwnQuestion(): ReactNode {
  const current = usePromptTexts(useLoginPrompt());
  React.useEffect(() => {
    prompt = current;
  });
  if (current.kind !== 'question') return null;
  return (
    <section aria-label={current.title}>
      <p>{current.description}</p>
      <button type="button" onClick={current.signIn}>
        Sign in
      </button>
      <button type="button" onClick={current.notNow}>
        Later
      </button>
    </section>
  );
}

/** A call that waits for a sign-in; resolves with the token or the code of the error. */
async function waitingCall({ client, clock, source }: RenderedSession): Promise<Promise<string>[]> {
  source.fail('ERR_REFRESH_FAILED', 'getAccessToken');
  await clock.advance('10m');
  const call = callOf(client);
  await clock.advance(0);
  return [call];
}

function callOf(client: SessionClient): Promise<string> {
  return client.getAccessToken().catch((error: { code: string }) => error.code);
}

async function isPending(call: Promise<string>): Promise<boolean> {
  return (await Promise.race([call, Promise.resolve('pending')])) === 'pending';
}

describe('useLoginPrompt()', () => {
  it('asks for the user who was signed in, says why, and shows the result', async () => {
    const ada = { sub: 'ada', email: 'ada@example.org' };
    const source = new TestSource({ sessionLifetime: '1h' });
    source.session = { user: ada };
    const { clock } = await renderWithSession(<OwnQuestion />, { policy, source });
    await act(async () => source.emit({ type: 'revoked' }));
    await clock.advance('1s');
    expect(prompt).toMatchObject({
      kind: 'question',
      reason: 'revoked',
      description: en.relogin.reason.revoked,
      session: { user: ada },
    });
    press('Sign in');
    await clock.advance('1s');
    expect(source.loginRequests).toEqual([{ loginHint: 'ada@example.org' }]);
    expect(prompt).toMatchObject({ kind: 'signed-in', text: /Signed in until/ });
    await clock.advance('11s');
    expect(prompt.kind).toBe('hidden');
  });

  it('shows why the sign-in failed, and leaves a reminder after "Not now"', async () => {
    const { clock, source } = await renderWithSession(<OwnQuestion />, { policy });
    await act(async () => source.emit({ type: 'revoked' }));
    source.fail('ERR_POPUP_BLOCKED', 'login');
    press('Sign in');
    await clock.advance('1s');
    expect(prompt).toMatchObject({ failure: en.failure.ERR_POPUP_BLOCKED, isPending: false });
    press('Later');
    expect(prompt).toMatchObject({
      kind: 'reminder',
      announcement: { polite: en.relogin.reminder },
    });
    await act(async () => prompt.kind === 'reminder' && prompt.open());
    expect(prompt).toMatchObject({ kind: 'question', failure: null });
  });

  it('shows no result when the user declines a sign-in while the session is valid', async () => {
    const page = await renderWithSession(<OwnQuestion />, { policy: tokenPolicy });
    const [call] = await waitingCall(page);
    expect(prompt).toMatchObject({ kind: 'question', reason: null });
    press('Later');
    await page.clock.advance('1s');
    expect(await call).toBe('ERR_LOGIN_CANCELLED');
    expect(prompt.kind).toBe('hidden');
  });

  it('prefixes the title of a hidden tab', async () => {
    document.title = 'Notes';
    const { source } = await renderWithSession(<OwnQuestion />, { policy });
    await act(async () => source.emit({ type: 'revoked' }));
    vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    document.dispatchEvent(new Event('visibilitychange'));
    expect(document.title).toBe('Session ended · Notes');
    cleanup();
    expect(document.title).toBe('Notes');
    vi.restoreAllMocks();
  });
});

describe.each([
  ['ReloginDialog', <ReloginDialog key="own" />, 'alertdialog'],
  ['a dialog of an app', <OwnQuestion key="own" />, 'region'],
])('%s: what is no answer', (_name, dialog, role) => {
  it.each(['hidden by <Activity>', 'hidden by <Suspense>', 'unmounted'] as const)(
    'is asked again after its tree was %s, and the call still waits',
    async (how) => {
      const page = (isShown: boolean): ReactNode => (
        <StrictMode>
          <Tree how={how} isShown={isShown}>
            {dialog}
          </Tree>
        </StrictMode>
      );
      const rendered = await renderWithSession(page(true), { policy: hybrid() });
      const { clock, rerender, source } = rendered;
      const [call] = await waitingCall(rendered);
      screen.getByRole(role);
      await act(async () => rerender(page(false)));
      await clock.advance('10s');
      expect(await isPending(call as Promise<string>)).toBe(true);
      expect(document.querySelector('dialog[open]')).toBeNull();
      await act(async () => rerender(page(true)));
      await clock.advance('1s');
      screen.getByRole(role);
      source.recover();
      fireEvent.click(screen.getByRole('button', { name: /^Sign in/ }));
      await clock.advance('1s');
      expect(await call).toMatch('test-token');
    },
  );
});

it('rejects the call when an unmounted question has not come back after five minutes', async () => {
  const rendered = await renderWithSession(<OwnQuestion />, { policy: tokenPolicy });
  const [call] = await waitingCall(rendered);
  await act(async () => rendered.rerender(null));
  await rendered.clock.advance('4m');
  expect(await isPending(call as Promise<string>)).toBe(true);
  await rendered.clock.advance('2m');
  expect(await call).toBe('ERR_REFRESH_FAILED');
});

it('removes the registration at once if no question is open', async () => {
  const { client, rerender, source, clock } = await renderWithSession(<OwnQuestion />, {
    policy: tokenPolicy,
  });
  await act(async () => rerender(null));
  source.fail('ERR_REFRESH_FAILED', 'getAccessToken');
  await clock.advance('10m');
  expect(await callOf(client)).toBe('ERR_REFRESH_FAILED');
});

it.each(['{Enter}', ' ', '{Escape}'])(
  'ReloginDialog is not answered by a key on its way: %j, while the user is typing',
  async (key) => {
    const page = (
      <>
        <input aria-label="Note" />
        <ReloginDialog />
      </>
    );
    const { clock, source } = await renderWithSession(page, { policy });
    screen.getByLabelText('Note').focus();
    await act(async () => source.emit({ type: 'revoked' }));
    screen.getByRole('button', { name: 'Sign in again' }).focus();
    await userEvent.keyboard(key);
    await clock.advance('500ms');
    expect(source.requestCounts.login).toBe(0);
    screen.getByRole('alertdialog');
  },
);
