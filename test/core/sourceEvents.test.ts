import { describe, expect, it } from 'vitest';
import type { SourceEvent } from '../../src/index.js';
import { client, env, onePage, source, started } from '../support/onePage.js';

onePage();

/** What a source written in JavaScript may report. */
const report = (event: unknown): void => source.onEvent?.(event as SourceEvent);
const state = () => client.getSnapshot();

describe('an event of a source', () => {
  it.each(['idle', 'lifetime', 'token-refresh-failed', 'signed-out-elsewhere'])(
    'ends the session with the reason "%s" that it states',
    async (reason) => {
      await started({ hideAfter: [] });
      report({ type: 'revoked', reason });
      expect(state()).toMatchObject({ status: 'expired', reason });
    },
  );

  it.each([undefined, 'logged_out', 'signed-out', 42, {}])(
    'ends the session as revoked if its reason is %s, which is none',
    async (reason) => {
      await started();
      expect(() => report({ type: 'revoked', reason })).not.toThrow();
      expect(state()).toMatchObject({ status: 'expired', reason: 'revoked' });
    },
  );

  it.each([
    ['a session without a user', { type: 'session', session: { user: {} } }],
    ['no session field', { type: 'session' }],
    ['an unknown type', { type: 'logout' }],
    ['nothing', undefined],
  ])('with %s does not throw into the SDK: the source is asked', async (_what, event) => {
    await started();
    const before = source.asked.session;
    expect(() => report(event)).not.toThrow();
    expect(state()).toMatchObject({ status: 'active', connection: 'degraded' });
    expect(state().error).not.toBeNull();
    await env.advance(5_000);
    expect(source.asked.session - before).toBe(1);
    expect(state()).toMatchObject({ status: 'active', connection: 'online', error: null });
  });
});
