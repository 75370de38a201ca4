import { act, cleanup } from '@testing-library/react';
import type { ReactNode } from 'react';
import { hydrateRoot, type Root } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  rolling,
  type Session,
  SessionProvider,
  useAccessToken,
  useCountdown,
  useSession,
  useSessionStatus,
} from '../../src/index.js';
import {
  ReloginDialog,
  SessionCountdown,
  SessionExpiryDialog,
  SessionStatusBadge,
} from '../../src/ui/index.js';
import { FakeSource } from '../support/fakeSource.js';

const ada: Session = { user: { sub: 'ada', name: 'Ada' } };

function Status(): ReactNode {
  const { status, session } = useSessionStatus();
  const token = useAccessToken();
  return (
    <p>
      {[status, session?.user['name'], token.status, useCountdown()?.remaining].join(' ')}
      {useSession(({ deadline }) => deadline?.at)}
    </p>
  );
}

function page(source: FakeSource, initialSession?: Session | null): ReactNode {
  return (
    <SessionProvider
      source={source}
      policy={rolling({ idle: '9m' })}
      {...(initialSession !== undefined && { initialSession })}
    >
      <Status />
      <SessionStatusBadge />
      <SessionCountdown />
      <SessionExpiryDialog />
      <ReloginDialog />
    </SessionProvider>
  );
}

describe('a server-rendered page', () => {
  let consoleErrors: unknown[];
  let root: Root | undefined;

  beforeEach(() => {
    consoleErrors = [];
    vi.spyOn(console, 'error').mockImplementation((...args) => consoleErrors.push(args));
  });
  afterEach(async () => {
    await act(async () => root?.unmount());
    cleanup();
    vi.restoreAllMocks();
  });

  it.each<[string, Session | null | undefined, string, string]>([
    ['no initialSession', undefined, 'loading  none ', 'active Ada fresh'],
    ['a session', ada, 'active Ada none ', 'active Ada fresh'],
    ['no session', null, 'signed-out  none ', 'signed-out  none'],
  ])('hydrates without a mismatch: %s', async (_name, initial, onServer, inBrowser) => {
    const serverSource = new FakeSource();
    const html = renderToString(page(serverSource, initial));
    expect(html).toContain(`<p>${onServer}`);
    expect(serverSource.asked, 'rendering sends no request').toMatchObject({
      session: 0,
      token: 0,
    });
    const container = document.createElement('div');
    container.innerHTML = html;
    const mismatches: unknown[] = [];
    const source = new FakeSource();
    await act(async () => {
      root = hydrateRoot(container, page(source, initial), {
        onRecoverableError: (error) => mismatches.push(error),
      });
    });
    await act(async () => {});
    expect(mismatches).toEqual([]);
    expect(consoleErrors).toEqual([]);
    expect(container.querySelector('p')?.textContent).toContain(inBrowser);
    expect(source.asked.session).toBe(initial === undefined ? 1 : 0);
  });
});
