import { describe, expect, it } from 'vitest';
import { hybrid, rolling } from '../../src/index.js';
import { client, env, events, fails, onePage, source, started } from '../support/onePage.js';
import { watch } from '../support/promises.js';

onePage();

const hour = 3_600_000;
const policy = hybrid();
const state = () => client.getSnapshot();

/** A signed-in page whose source states that the session ends in an hour. */
async function untilStatedEnd(): Promise<void> {
  source.session = { user: { sub: 'ada' }, expiresAt: env.wallNow() + hour };
  await started({ policy, refresh: { maxWait: '1ms' } });
  await env.advance(hour - 1_000);
}

/** The source moves the end by an hour. */
function moveEnd(): void {
  source.session = { user: { sub: 'ada' }, expiresAt: state().deadline!.at + hour };
}

describe('an end that the source has stated', () => {
  it('does not end the session if the source has moved it meanwhile', async () => {
    await untilStatedEnd();
    source.session = { user: { sub: 'ada' }, expiresAt: env.wallNow() + hour };
    await env.advance(2_000);
    expect(state()).toMatchObject({ status: 'active', deadline: { at: source.session.expiresAt } });
    expect(events.map(({ type }) => type)).not.toContain('session-ended');
  });

  it('does so also after the wall clock was set back', async () => {
    await untilStatedEnd();
    env.wall -= 2 * hour;
    moveEnd();
    await env.advance(20_000);
    expect(state().status).toBe('active');
  });

  it('does so also after an earlier failure of the source', async () => {
    await untilStatedEnd();
    source.answerSession = fails('ERR_SERVER');
    const check = watch(client.checkSession());
    await env.advance(500);
    expect(check.outcome).toBe('ERR_SERVER');
    source.answerSession = async () => source.session;
    moveEnd();
    await env.advance(20_000);
    expect(state().status).toBe('active');
  });

  it('that moves with every answer causes few requests', async () => {
    await untilStatedEnd();
    const { session } = source.asked;
    source.answerSession = async () => ({ user: { sub: 'ada' }, expiresAt: env.wallNow() + 5 });
    await env.advance(60_000);
    expect(source.asked.session - session).toBeLessThan(10);
  });

  it('ends the session if the source still states it, after one request', async () => {
    await untilStatedEnd();
    const { session } = source.asked;
    await env.advance(60_000);
    expect(state()).toMatchObject({ status: 'expired', reason: 'lifetime' });
    expect(source.asked.session - session).toBe(1);
  });

  it('ends the session with the same reason if the source has no session any more', async () => {
    await untilStatedEnd();
    source.session = null;
    await env.advance(2_000);
    expect(state()).toMatchObject({ status: 'expired', reason: 'lifetime' });
  });

  it.each([
    [
      'fails',
      () => {
        source.answerSession = fails('ERR_SERVER');
      },
    ],
    [
      'cannot be reached',
      () => {
        env.online = false;
        env.resume();
      },
    ],
  ])('ends the session if the source %s at that time', async (_how, breakSource) => {
    await untilStatedEnd();
    breakSource();
    await env.advance(2_000);
    expect(state()).toMatchObject({ status: 'expired', reason: 'lifetime' });
  });
});

describe('the end of a session that the source has dropped', () => {
  const minute = 60_000;

  /** The source states an idle end in half an hour, and moves it with every extension. */
  async function untilIdleEnd(extend = async () => source.session): Promise<void> {
    source.session = { user: { sub: 'ada' }, idleExpiresAt: env.wallNow() + 30 * minute };
    Object.assign(source, { extend });
    await started({ policy: rolling({ idle: '30m' }), refresh: { maxWait: '1ms' } });
    await env.advance(30 * minute - 1_000);
  }

  it('is idle after the idle end', async () => {
    await untilIdleEnd();
    source.session = null;
    await env.advance(2_000);
    expect(state()).toMatchObject({ status: 'expired', reason: 'idle' });
  });

  it('is idle after a sleep past the idle end', async () => {
    await untilIdleEnd();
    source.session = null;
    env.sleep(8 * hour);
    env.resume();
    await env.advance(1_000);
    expect(state()).toMatchObject({ status: 'expired', reason: 'idle' });
  });

  it('is idle if only extend() is answered with no session', async () => {
    await untilIdleEnd(async () => null);
    source.answerSession = () => new Promise(() => {});
    await env.advance(1_500);
    const extension = watch(client.extend());
    await env.advance(100);
    expect(extension.outcome).toBe('ERR_EXPIRED_SESSION');
    expect(state()).toMatchObject({ status: 'expired', reason: 'idle' });
  });

  it('is revoked before the idle end', async () => {
    await untilIdleEnd();
    source.session = null;
    await client.checkSession().catch(() => {});
    expect(state()).toMatchObject({ status: 'expired', reason: 'revoked' });
  });

  it('is revoked if the user was active, and the activity could not be sent', async () => {
    await untilIdleEnd(fails('ERR_NETWORK'));
    env.simulateActivity();
    await env.advance(500);
    source.session = null;
    await env.advance(minute);
    expect(state()).toMatchObject({ status: 'expired', reason: 'revoked' });
  });
});
