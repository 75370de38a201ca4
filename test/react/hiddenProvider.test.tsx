import { act, cleanup, render, screen } from '@testing-library/react';
import { StrictMode } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { rolling, SessionProvider } from '../../src/index.js';
import { createTestClient, TestClock, TestSource } from '../../src/testing/index.js';
import { ReloginDialog } from '../../src/ui/index.js';
import { Tree } from '../ui/Tree.js';

afterEach(cleanup);

const policy = rolling({ idle: '2h' });

async function openPage(how: 'hidden by <Activity>' | 'hidden by <Suspense>') {
  const clock = new TestClock();
  clock.environment.runWork = (work) => act(work);
  const source = new TestSource();
  const client = createTestClient({ source, clock, policy });
  const onLoginRequired = vi.fn();
  const page = (isShown: boolean) => (
    <StrictMode>
      <Tree how={how} isShown={isShown}>
        <SessionProvider client={client} onLoginRequired={onLoginRequired}>
          <ReloginDialog />
        </SessionProvider>
      </Tree>
    </StrictMode>
  );
  const { rerender, unmount } = await act(async () => render(page(true)));
  await clock.advance(0);
  const show = (isShown: boolean) => act(async () => rerender(page(isShown)));
  return { client, clock, onLoginRequired, show, source, unmount };
}

/** React 18 has no `<Activity>`, and unmounts a tree that is not shown. */
const hasActivity = 'Activity' in (await import('react'));
const ways = hasActivity
  ? (['hidden by <Activity>', 'hidden by <Suspense>'] as const)
  : (['hidden by <Suspense>'] as const);

describe.each(ways)('a provider whose tree is %s', (how) => {
  it('keeps its calls, and the user signs in when it is shown again', async () => {
    const { client, clock, onLoginRequired, show, source } = await openPage(how);
    source.fail('ERR_REFRESH_FAILED', 'getAccessToken');
    await clock.advance('10m');
    const settled = vi.fn();
    const call = client.getAccessToken();
    call.then(settled, settled);
    await clock.advance(0);
    expect(onLoginRequired).toHaveBeenCalledTimes(1);
    await show(false);
    await clock.advance('10m');
    expect(settled).not.toHaveBeenCalled();
    await show(true);
    await clock.advance('1s');
    source.recover();
    await act(async () => screen.getByRole('button', { name: /^Sign in/ }).click());
    await clock.advance('1s');
    expect(await call).toMatch('test-token');
    expect(onLoginRequired).toHaveBeenCalledTimes(1);
  });

  it('ends the session on time', async () => {
    const { client, clock, show } = await openPage(how);
    await show(false);
    await clock.advance('2h');
    expect(client.getSnapshot().status).toBe('expired');
  });

  it.each([
    ['shown', true],
    ['hidden', false],
  ])('stops when it is unmounted while %s', async (_name, isShown) => {
    const { client, clock, show, unmount } = await openPage(how);
    await show(isShown);
    await act(async () => unmount());
    await clock.advance('2h');
    expect(clock.environment.timers.size).toBe(0);
    expect(client.getSnapshot().status).not.toBe('expired');
  });
});
