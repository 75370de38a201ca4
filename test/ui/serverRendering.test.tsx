// @vitest-environment node
import { renderToString } from 'react-dom/server';
import { expect, it, vi } from 'vitest';
import { SessionProvider } from '../../src/index.js';
import { TestSource } from '../../src/testing/index.js';
import {
  ReloginDialog,
  SessionBanner,
  SessionCountdown,
  SessionExpiryDialog,
  SessionStatusBadge,
  SignOutButton,
} from '../../src/ui/index.js';

it('renders nothing on a server, without a warning of React 18', () => {
  const consoleError = vi.spyOn(console, 'error');
  const page = (
    <SessionProvider source={new TestSource()}>
      <SessionExpiryDialog />
      <ReloginDialog />
    </SessionProvider>
  );
  expect(renderToString(page)).toBe('');
  expect(consoleError).not.toHaveBeenCalled();
});

it('has no style attribute, which a strict Content-Security-Policy would block', () => {
  const session = { user: { sub: 'ada' }, expiresAt: Date.now() + 90_000 };
  const page = (
    <SessionProvider source={new TestSource()} initialSession={session}>
      <SessionBanner />
      <SessionStatusBadge />
      <SessionCountdown shape="ring" />
      <SessionCountdown shape="bar" />
      <SignOutButton />
    </SessionProvider>
  );
  const html = renderToString(page);
  expect(html).toContain('sc-badge');
  expect(html).not.toContain('style=');
});
