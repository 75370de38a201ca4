// @vitest-environment node
import { renderToString } from 'react-dom/server';
import { expect, it, vi } from 'vitest';
import { SessionProvider } from '../../src/index.js';
import { TestSource } from '../../src/testing/index.js';
import { ReloginDialog, SessionExpiryDialog } from '../../src/ui/index.js';

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
