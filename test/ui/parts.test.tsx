import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { type ComponentType, createRef, type ReactNode } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { rolling } from '../../src/index.js';
import { renderWithSession, TestSource } from '../../src/testing/index.js';
import type { DialogProps } from '../../src/ui/dialogProps.js';
import {
  ReloginDialog,
  type ReloginDialogProps,
  SessionBanner,
  SessionCountdown,
  SessionExpiryDialog,
  type SessionExpiryDialogProps,
  SessionStatusBadge,
  SignInButton,
  SignOutButton,
} from '../../src/ui/index.js';

vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
afterEach(cleanup);

const policy = rolling({ idle: '15m', warnBefore: '2m' });

async function open(page: ReactNode, at: 'start' | 'warning' | 'end'): Promise<TestSource> {
  const { clock, client, source } = await renderWithSession(page, { policy });
  if (at === 'warning') await clock.advance('13m');
  if (at === 'end') await act(async () => client.notifyRevoked());
  return source;
}

const classOf = (element: Element | null): string[] => [...(element?.classList ?? [])];

/** The components, when they are shown, and the element that takes the native props. */
const components = [
  ['SessionExpiryDialog', SessionExpiryDialog, 'warning', 'alertdialog', 'sc-dialog'],
  ['ReloginDialog', ReloginDialog, 'end', 'alertdialog', 'sc-dialog'],
  ['SessionBanner', SessionBanner, 'warning', 'region', 'sc-banner'],
  ['SessionStatusBadge', SessionStatusBadge, 'start', 'status', 'sc-badge'],
  ['SessionCountdown', SessionCountdown, 'start', 'timer', 'sc-countdown'],
  ['SignInButton', SignInButton, 'end', 'button', 'sc-button'],
  ['SignOutButton', SignOutButton, 'start', 'button', 'sc-button'],
] as const;

describe.each(components)('%s', (_name, component, at, role, ownClass) => {
  const Component = component as unknown as ComponentType<Record<string, unknown>>;

  it('takes a ref, native props and a class', async () => {
    const ref = createRef<HTMLElement>();
    const onDoubleClick = vi.fn();
    const style = { opacity: 0.5 };
    const native = { id: 'mine', 'data-test': 'yes', style, className: 'app', onDoubleClick };
    await open(<Component ref={ref} {...native} />, at);
    const element = screen.getByRole(role);
    expect(ref.current).toBe(element);
    expect([element.id, element.dataset['test'], element.style.opacity]).toEqual([
      'mine',
      'yes',
      '0.5',
    ]);
    expect(classOf(element)).toEqual(expect.arrayContaining([ownClass, 'app']));
    fireEvent.doubleClick(element);
    expect(onDoubleClick).toHaveBeenCalledOnce();
    cleanup();
    expect(ref.current).toBeNull();
  });
});

describe('classNames', () => {
  const dialogParts = ['icon', 'title', 'description', 'actions', 'primaryButton'] as const;

  it.each([
    ['SessionExpiryDialog', SessionExpiryDialog, 'warning'],
    ['ReloginDialog', ReloginDialog, 'end'],
  ] as const)('are added to the parts of %s', async (_name, component, at) => {
    const Component = component as ComponentType<DialogProps<unknown>>;
    const names = [...dialogParts, 'secondaryButton', 'footer', 'reminder', 'notice'];
    const classes = Object.fromEntries(names.map((name) => [name, `app-${name}`]));
    await open(<Component classNames={classes} footer="Help" />, at);
    const dialog = screen.getByRole('alertdialog');
    for (const name of [...dialogParts, 'secondaryButton', 'footer'])
      expect(dialog.querySelectorAll(`.app-${name}`)).toHaveLength(1);
    expect(classOf(dialog.querySelector('.app-primaryButton'))).toContain('sc-primary');
    expect(dialog.querySelector('.app-title')?.tagName).toBe('H2');
    await act(async () => fireEvent.click(dialog.querySelector('.app-secondaryButton') as Element));
    if (at === 'end') expect(document.querySelector('.app-reminder')).toBeTruthy();
  });

  it('are added to the parts of SessionBanner', async () => {
    await open(
      <SessionBanner classNames={{ time: 'a', description: 'b', primaryButton: 'c' }} />,
      'warning',
    );
    expect(classOf(screen.getByRole('timer'))).toContain('a');
    expect(classOf(document.querySelector('.sc-banner-text'))).toContain('b');
    expect(classOf(screen.getByRole('button', { name: 'Stay signed in' }))).toContain('c');
  });

  it('are added to the parts of the others', async () => {
    const page = (
      <>
        <SessionCountdown shape="ring" classNames={{ track: 'a', left: 'b', time: 'c' }} />
        <SessionStatusBadge classNames={{ status: 'd' }} />
        <SignOutButton classNames={{ root: 'e' }} />
      </>
    );
    await open(page, 'start');
    for (const [part, name] of Object.entries({ ring: 'a', left: 'b', time: 'c' }))
      expect(classOf(document.querySelector(`.sc-countdown-${part}`))).toContain(name);
    expect(classOf(document.querySelector('.sc-badge-part'))).toContain('d');
    expect(classOf(document.querySelector('.sc-account'))).toContain('e');
  });
});

describe('a slot', () => {
  it('gets the prompt, and replaces the standard content', async () => {
    const actions: SessionExpiryDialogProps['actions'] = (warning) => (
      <button type="button" onClick={() => warning.canExtend && warning.stay()}>
        Keep going
      </button>
    );
    const source = await open(<SessionExpiryDialog actions={actions} icon={<b>!</b>} />, 'warning');
    expect(screen.queryByRole('timer')).toBeNull();
    expect(screen.getAllByRole('button')).toHaveLength(1);
    await act(async () => fireEvent.click(screen.getByRole('button', { name: 'Keep going' })));
    expect(source.requestCounts.extend).toBe(1);
    expect(screen.getByRole('status').textContent).toMatch(/^Signed in until/);
  });

  it('can extend the standard content', async () => {
    const actions: ReloginDialogProps['actions'] = (_question, standard) => (
      <>
        {standard}
        <a href="/help">Help</a>
      </>
    );
    await open(<ReloginDialog actions={actions} />, 'end');
    expect(screen.getAllByRole('button').map((each) => each.textContent)).toContain('Not now');
    expect(screen.getByRole('link')).toBeTruthy();
  });

  it('can be empty', async () => {
    await open(<SessionExpiryDialog icon={null} footer={() => 'Call us'} />, 'warning');
    expect(screen.queryByRole('timer')).toBeNull();
    expect(document.querySelector('.sc-sign')).toBeNull();
    expect(document.querySelector('.sc-footer')?.textContent).toBe('Call us');
  });
});

describe('SignInButton', () => {
  it('shows a failure, for example a closed pop-up, and no rejection is unhandled', async () => {
    const unhandled = vi.fn();
    process.on('unhandledRejection', unhandled);
    const source = await open(<SignInButton classNames={{ failure: 'app' }} />, 'end');
    source.fail('ERR_LOGIN_CANCELLED', 'login');
    await act(async () => fireEvent.click(screen.getByRole('button')));
    expect(screen.getByRole('alert').textContent).toMatch(/closed before you had finished/);
    expect(classOf(screen.getByRole('alert'))).toContain('app');
    await new Promise((resolve) => setImmediate(resolve));
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });

  it('does nothing if the app prevents the default of the click', async () => {
    const source = await open(<SignInButton onClick={(event) => event.preventDefault()} />, 'end');
    await act(async () => fireEvent.click(screen.getByRole('button')));
    expect(source.requestCounts.login).toBe(0);
  });
});

it('a button stays disabled for screen readers as the app says', async () => {
  await open(<SignOutButton aria-disabled />, 'start');
  expect(screen.getByRole('button').getAttribute('aria-disabled')).toBe('true');
});
