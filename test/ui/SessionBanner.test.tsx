import { act, cleanup, fireEvent, screen, within } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { rolling } from '../../src/index.js';
import {
  type RenderedSession,
  renderWithSession,
  TestClock,
  TestSource,
} from '../../src/testing/index.js';
import { SessionBanner, SessionExpiryDialog } from '../../src/ui/index.js';

vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);

const policy = rolling({ idle: '1h', warnBefore: '2m' });
/** Starts at a full minute. */
const start = new Date(2026, 0, 1, 14, 0).getTime();

function Page(): ReactNode {
  return (
    <>
      <SessionBanner />
      <textarea aria-label="Note" />
    </>
  );
}

async function openWarning(
  source: TestSource = new TestSource({ sessionLifetime: '10m' }),
): Promise<RenderedSession> {
  const clock = new TestClock({ now: start });
  const page = await renderWithSession(<Page />, { policy, source, clock });
  note().focus();
  await clock.advance('8m');
  return page;
}

const banner = (): HTMLElement => screen.getByRole('region', { name: /about to end/ });
const note = (): HTMLElement => screen.getByRole('textbox', { name: 'Note' });
const result = (): string | null => within(banner()).getByRole('status').textContent;
const button = (name: string): HTMLElement => within(banner()).getByRole('button', { name });
const press = (name: string): Promise<void> =>
  act(async () => {
    button(name).focus();
    button(name).click();
  });

/** The input of a user cannot be simulated by an event, so a test calls the listeners of the page. */
let listeners: [type: string, listener: unknown][] = [];

beforeEach(() => {
  const [add, remove] = [window.addEventListener, window.removeEventListener];
  vi.spyOn(window, 'addEventListener').mockImplementation((...args: Parameters<typeof add>) => {
    listeners.push([args[0], args[1]]);
    add.apply(window, args);
  });
  vi.spyOn(window, 'removeEventListener').mockImplementation((...args: Parameters<typeof add>) => {
    listeners = listeners.filter(([type, each]) => type !== args[0] || each !== args[1]);
    remove.apply(window, args);
  });
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

function userInput(type: 'click' | 'keydown', target: Element, key?: string): Promise<void> {
  const path: Element[] = [];
  for (let each: Element | null = target; each; each = each.parentElement) path.push(each);
  const [preventDefault, stopPropagation] = [vi.fn(), vi.fn()];
  const event = { key, isTrusted: true, composedPath: () => path, preventDefault, stopPropagation };
  return act(async () => {
    for (const [each, listener] of [...listeners])
      if (each === type) (listener as (event: object) => void)(event);
  });
}

describe('the warning', () => {
  it('says when the session ends, and leaves the focus and the page as they are', async () => {
    const { clock } = await openWarning();
    expect(within(banner()).getByRole('timer').textContent).toBe('2:00');
    expect(banner().textContent).toMatch(/You will be signed out at 2:10\sPM/);
    expect(document.activeElement).toBe(note());
    expect(screen.queryByRole('alertdialog')).toBeNull();
    await clock.advance('1s');
    expect(within(banner()).getByText('Your session ends in 2 minutes.').role).toBe('status');
  });

  it('disappears at the end of the session', async () => {
    const { clock } = await openWarning();
    await clock.advance('2m');
    expect(screen.queryByRole('region')).toBeNull();
  });

  it('offers a new sign-in when the session cannot be extended', async () => {
    const session = { user: { sub: 'ada' }, expiresAt: start + 600_000 };
    const { source } = await openWarning(new TestSource({ session, without: ['extend'] }));
    expect(within(banner()).getAllByRole('button')).toEqual([button('Sign in again')]);
    await press('Sign in again');
    expect(source.requestCounts.login).toBe(1);
  });

  it('is not shown beside the dialog: of both, the first one is', async () => {
    const page = (
      <>
        <SessionBanner />
        <SessionExpiryDialog />
      </>
    );
    const { clock } = await renderWithSession(page, { policy });
    await clock.advance('59m');
    expect(banner()).toBeTruthy();
    expect(screen.queryByRole('alertdialog')).toBeNull();
  });
});

describe('"Stay signed in"', () => {
  it('extends the session, says until when, and returns the focus to where it was', async () => {
    const { clock, source, container } = await openWarning();
    await press('Stay signed in');
    expect(source.requestCounts.extend).toBe(1);
    expect(result()).toMatch(/^Signed in until 2:18\sPM/);
    expect(document.activeElement).toBe(note());
    await clock.advance('10s');
    expect(container.querySelector('.sc-banner')).toBeNull();
  });

  it('does not take the focus from a field that the user has entered meanwhile', async () => {
    const { source } = await openWarning();
    let answer = (): void => {};
    const { extend } = source;
    source.extend = (context) =>
      new Promise((resolve) => {
        answer = () => resolve(extend.call(source, context));
      });
    await press('Stay signed in');
    const other = document.body.appendChild(document.createElement('input'));
    other.focus();
    await act(async () => answer());
    expect(result()).toMatch(/^Signed in until/);
    expect(document.activeElement).toBe(other);
    other.remove();
  });

  it('shows why it failed, and can be pressed again', async () => {
    const { source } = await openWarning();
    source.fail('ERR_NETWORK', 'extend');
    await press('Stay signed in');
    expect(
      within(banner())
        .getByText(/could not be reached/)
        .closest('[role=alert]'),
    ).toBeTruthy();
    source.recover('extend');
    await press('Stay signed in');
    expect(result()).toMatch(/^Signed in until/);
  });
});

it('"Sign out" signs the user out', async () => {
  const { client, container } = await openWarning();
  await press('Sign out');
  expect(client.getSnapshot()).toMatchObject({ status: 'signed-out', reason: 'signed-out' });
  expect(container.querySelector('.sc-banner')).toBeNull();
});

describe('a user who goes on working', () => {
  it.each([
    ['types in the page', 'keydown', 'a'],
    ['clicks in the page', 'click', undefined],
  ] as const)('stays signed in: %s', async (_name, type, key) => {
    const { source } = await openWarning();
    await userInput(type, note(), key);
    expect(source.requestCounts.extend).toBe(1);
    expect(result()).toMatch(/^Signed in until/);
  });

  it('reaches the buttons: the Tab key and keys in the banner are no answer', async () => {
    const { source } = await openWarning();
    await userInput('keydown', note(), 'Tab');
    await userInput('keydown', button('Sign out'), 'Enter');
    await userInput('click', button('Sign out'));
    expect(source.requestCounts.extend).toBe(0);
  });

  it('is not a script: its events are no answer', async () => {
    const { source } = await openWarning();
    await act(async () => void fireEvent.keyDown(note(), { key: 'a' }));
    await act(async () => void fireEvent.click(note()));
    expect(source.requestCounts.extend).toBe(0);
  });

  it('sends no request with every key while the server fails', async () => {
    const { source } = await openWarning();
    source.fail('ERR_NETWORK', 'extend');
    await userInput('keydown', note(), 'a');
    await userInput('keydown', note(), 'b');
    expect(source.requestCounts.extend).toBe(1);
  });
});
