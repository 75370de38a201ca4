import { describe, expect, it } from 'vitest';
import { absolute } from '../../src/index.js';
import { client, create, env, events, onePage, source, started } from '../support/onePage.js';

const minute = 60_000;

onePage();

const status = () => client.getSnapshot().status;

describe('a rendered session whose deadline has passed by the device clock', () => {
  it('stays active until the source has answered, because the clock may be wrong', async () => {
    const rendered = { user: { sub: 'ada' }, expiresAt: env.wall - minute };
    source.session = rendered;
    create({ initialSession: rendered });
    expect(client.getInitialSnapshot()).toMatchObject({ status: 'active', deadline: null });
    expect(status()).toBe('expiring');
  });

  it('is expired once the source has confirmed its age, and gives no token', async () => {
    const rendered = { user: { sub: 'ada' }, startedAt: env.wall - 62 * minute };
    source.session = rendered;
    await started({ policy: absolute({ lifetime: '1h' }), initialSession: rendered });
    expect([status(), source.asked.session]).toEqual(['expired', 1]);
    expect(events).toMatchObject([{ type: 'session-ended', reason: 'lifetime' }]);
    await expect(client.getAccessToken({ onExpired: 'throw' })).rejects.toMatchObject({
      code: 'ERR_EXPIRED_SESSION',
    });
  });
});
