import { afterEach, describe, expect, it } from 'vitest';
import { type EndReason, rolling } from '../../src/index.js';
import { client, create, env, events, onePage, source, started } from '../support/onePage.js';
import { watch } from '../support/promises.js';

onePage();
afterEach(() => client.stop());

const state = () => client.getSnapshot();
const endElsewhere = () => source.onEvent?.({ type: 'revoked', reason: 'signed-out-elsewhere' });

describe('a sign-out in another tab', () => {
  it('hides the session by default, and its event states the reason', async () => {
    await started();
    const stop = client.addLoginPrompt();
    const waiting = watch(client.getAccessToken({ forceRefresh: true }));
    endElsewhere();
    await env.advance(0);
    expect(state()).toMatchObject({
      status: 'signed-out',
      session: null,
      reason: 'signed-out-elsewhere',
    });
    expect(events.at(-1)).toMatchObject({
      type: 'session-ended',
      reason: 'signed-out-elsewhere',
      session: { user: { sub: 'ada' } },
    });
    // No dialog asks the former user to sign in again.
    expect([waiting.outcome, state().loginRequired]).toEqual(['ERR_MISSING_SESSION', null]);
    stop();
  });

  it('keeps the session on the page with an empty list', async () => {
    await started({ hideAfter: [] });
    endElsewhere();
    expect(state()).toMatchObject({
      status: 'expired',
      session: { user: { sub: 'ada' } },
      reason: 'signed-out-elsewhere',
    });
  });

  it('is no longer the reason after a new sign-in', async () => {
    await started();
    endElsewhere();
    await client.login();
    expect(state()).toMatchObject({ status: 'active', reason: null });
    source.session = null;
    await client.checkSession();
    expect(state()).toMatchObject({ status: 'expired', reason: 'revoked' });
  });
});

describe('an idle end', () => {
  const idleEnd = async (hideAfter?: EndReason[]): Promise<void> => {
    source.session = { user: { sub: 'ada' }, startedAt: env.wallNow() };
    await started({ policy: rolling({ idle: '10m' }), ...(hideAfter && { hideAfter }) });
    await env.advance(600_000);
    expect(state().reason).toBe('idle');
  };

  it('keeps the content under the dialog by default', async () => {
    await idleEnd();
    expect(state()).toMatchObject({ status: 'expired', session: { user: { sub: 'ada' } } });
  });

  it('hides the session if the list contains it, also from a source that still has it', async () => {
    await idleEnd(['idle']);
    expect(state()).toMatchObject({ status: 'signed-out', session: null });
    expect(await client.checkSession()).toBeNull();
    await env.advance(60_000);
    expect(state()).toMatchObject({ status: 'signed-out', session: null });
  });
});

it('anything but a list is refused', () => {
  create();
  expect(() => create({ hideAfter: 'idle' as never })).toThrow(
    'hideAfter is "idle". Use a list of reasons',
  );
});
