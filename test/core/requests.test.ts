import { describe, expect, it } from 'vitest';
import { rolling } from '../../src/index.js';
import * as many from '../support/manyTabs.js';
import {
  client,
  create,
  env,
  events,
  fails,
  onePage,
  source,
  started,
} from '../support/onePage.js';
import { watch } from '../support/promises.js';

const policy = rolling({ idle: '8h' });

describe('the session', () => {
  onePage();

  it('is requested once by a page that loads, however many calls wait for it', async () => {
    create({ policy });
    const calls = [client.getSession(), client.getAccessToken(), client.getSession()].map(watch);
    client.start();
    await env.advance(0);
    expect(calls.every(({ outcome }) => outcome !== 'pending')).toBe(true);
    expect(source.asked.session).toBe(1);
  });

  it('is requested once by a sign-in', async () => {
    await started({ policy });
    const { session } = source.asked;
    await client.login();
    await env.advance(5_000);
    expect(source.asked.session - session).toBe(1);
  });

  it('is requested once by refresh() when the source has no tokens', async () => {
    const { getAccessToken: _, ...cookies } = {
      name: 'cookies',
      getSession: (...context: Parameters<typeof source.getSession>) =>
        source.getSession(...context),
      getAccessToken: null,
    };
    create({ source: cookies });
    client.start();
    await env.advance(0);
    const { session } = source.asked;
    await client.refresh();
    await env.advance(5_000);
    expect(source.asked.session - session).toBe(1);
  });
});

describe('equal calls', () => {
  onePage();

  it('share one entry, and all get the token', async () => {
    create({ policy });
    const calls = Array.from({ length: 1_000 }, () => client.getAccessToken());
    client.start();
    await env.advance(0);
    expect(new Set(await Promise.all(calls)).size).toBe(1);
    expect(source.asked.token).toBe(1);
    const entries = client.getLog().entries.filter(({ input }) => input.type === 'call');
    expect(entries).toHaveLength(1);
  });

  it('can each be aborted alone', async () => {
    create({ policy });
    const caller = new AbortController();
    const waiting = watch(client.getAccessToken());
    const aborted = watch(client.getAccessToken({ signal: caller.signal }));
    caller.abort(new Error('aborted'));
    client.start();
    await env.advance(0);
    expect(aborted.outcome).toEqual(new Error('aborted'));
    expect(waiting.outcome).toBe('secret-1');
  });
});

describe('tokens of many audiences', () => {
  onePage();

  it('are dropped when they are not in use, except the latest fifty', async () => {
    await started({ policy });
    for (let index = 0; index < 200; index++) {
      await client.getAccessToken({ audience: `api-${index}` });
    }
    const kept = Array.from({ length: 200 }, (_, index) => `api-${index}`).filter(
      (audience) => client.peekAccessToken({ audience }) !== null,
    );
    expect(kept.length).toBeLessThanOrEqual(52);
    expect(kept).toContain('api-199');
  });

  it('are never dropped while they are in use', async () => {
    await started({ policy });
    const release = client.retainAccessToken({ audience: 'used' });
    await env.advance(0);
    for (let index = 0; index < 100; index++) {
      await client.getAccessToken({ audience: `api-${index}` });
    }
    expect(client.peekAccessToken({ audience: 'used' })).not.toBeNull();
    release();
  });
});

describe('the connection to a source that cannot be reached', () => {
  onePage();

  it('stays degraded after the calls are rejected, until a request succeeds', async () => {
    await started({ policy, refresh: { maxWait: '5s' } });
    source.answerToken = fails('ERR_NETWORK');
    const call = watch(client.getAccessToken());
    await env.advance(60_000);
    expect(call.outcome).toBe('ERR_NETWORK');
    expect(client.getSnapshot().connection).toBe('degraded');
    source.answerToken = async (_request, context) => source.mint(context);
    await client.refresh();
    expect(client.getSnapshot().connection).toBe('online');
    const changes = events.filter(({ type }) => type === 'connection-changed');
    expect(changes).toHaveLength(2);
  });
});

describe('tabs that open one after the other', () => {
  many.manyTabs();

  it('use the token of the first tab, even if they call before they have received it', async () => {
    const { open, origin, provider } = many;
    open({ policy }).client.retainAccessToken();
    await origin.advance(300);
    const { grants } = provider;
    const calls = [];
    for (let index = 0; index < 4; index++) {
      const { client: next } = open({ policy });
      calls.push(watch(next.getAccessToken()));
      await origin.advance(20);
      calls.push(watch(next.getAccessToken()));
    }
    await origin.advance(1_000);
    expect(new Set(calls.map(({ outcome }) => outcome)).size).toBe(1);
    expect(provider.grants).toBe(grants);
  });
});
