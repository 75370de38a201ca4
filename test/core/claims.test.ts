import { describe, expect, it, vi } from 'vitest';
import type { Session, SessionError } from '../../src/index.js';
import { manyTabs, open, origin, tabs } from '../support/manyTabs.js';

manyTabs();

function openWith(user: Session['user']): void {
  open({}, { getSession: async () => ({ user }) });
}

describe('claims that cannot be sent to another tab', () => {
  it('are copied to plain data when they are a proxy or have functions', async () => {
    const claims = { sub: 'ada', name: 'Ada', greet: () => 'hello' };
    openWith(new Proxy(claims, {}));
    openWith(claims);
    await origin.advance(500);
    for (const { client } of tabs) {
      expect(client.getSnapshot().session).toEqual({ user: { sub: 'ada', name: 'Ada' } });
    }
  });

  it('are an error that names the source when they have no JSON', async () => {
    const cycle: Session['user'] = { sub: 'ada' };
    cycle['self'] = cycle;
    openWith(cycle);
    await origin.advance(500);
    const { error } = tabs[0]?.client.getSnapshot() ?? {};
    expect(error).toMatchObject({ code: 'ERR_BAD_RESPONSE' } satisfies Partial<SessionError>);
    expect(error?.message).toContain('the claims of the user cannot be written as JSON');
  });
});

it('a message that the channel refuses stops no update, and the error is not swallowed', async () => {
  openWith({ sub: 'ada' });
  await origin.advance(500);
  const [tab] = tabs;
  const thrownLater = vi.spyOn(globalThis, 'queueMicrotask').mockImplementation(() => {});
  origin.post = () => {
    throw new Error('refused');
  };
  tab?.client.notifyRevoked();
  expect(tab?.client.getSnapshot()).toMatchObject({ status: 'expired', reason: 'revoked' });
  expect(() => thrownLater.mock.calls[0]?.[0]()).toThrow('refused');
  thrownLater.mockRestore();
});
