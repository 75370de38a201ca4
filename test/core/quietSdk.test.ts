import { beforeEach, describe, expect, it } from 'vitest';
import type { LoginContext, Session } from '../../src/index.js';
import { settled } from '../../src/testing/testEnvironment.js';
import { client, env, onePage, source, started } from '../support/onePage.js';
import { Deferred, watch } from '../support/promises.js';

const ada = { user: { sub: 'ada' } };
const grace = { user: { sub: 'grace' } };

onePage();

/** Ends the running refresh of an SDK, which stores the user of the refresh whatever has happened meanwhile. */
let endRefresh = (): void => {};
let calls: string[];
beforeEach(() => {
  calls = [];
  source.session = ada;
  source.answerToken = async (_request, { now }) => {
    const { sub } = (source.session as Session).user;
    calls.push(`refresh for ${sub}`);
    const answer = new Deferred<void>();
    endRefresh = () => answer.resolve();
    if (calls.length > 1) await answer.promise;
    source.session = { user: { sub } };
    return { value: `secret-of-${sub}`, sub, expiresAt: now() + 60_000 };
  };
});

/** `signIn`: grace signs in on the provider's page. */
function signInPage(afterwards: (context: LoginContext) => Promise<void> = async () => {}) {
  const signedIn = new Deferred<void>();
  Object.assign(source, {
    login: async (_request: unknown, context: LoginContext) => {
      calls.push('login');
      await signedIn.promise;
      source.session = grace;
      await afterwards(context);
    },
  });
  return { signIn: () => signedIn.resolve() };
}

async function withRunningRefresh(): Promise<void> {
  await started();
  await client.getAccessToken();
  watch(client.getAccessToken({ forceRefresh: true }));
  await settled();
  expect(calls).toEqual(['refresh for ada', 'refresh for ada']);
}

const user = () => client.getSnapshot().session?.user.sub;

describe('a sign-in', () => {
  it('that the user cancels as it starts is rejected, and its late failure is handled', async () => {
    await started();
    Object.assign(source, {
      login: (_request: unknown, { signal }: LoginContext) => {
        queueMicrotask(client.cancelLogin);
        return new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason));
        });
      },
    });
    const signIn = watch(client.login({ display: 'redirect' }));
    await env.advance(0);
    expect(signIn.outcome).toBe('ERR_LOGIN_CANCELLED');
  });

  it('in a pop-up starts within the click, because some browsers block a later pop-up', async () => {
    const { signIn } = signInPage();
    await withRunningRefresh();
    const done = client.login();
    expect(calls).toContain('login');
    endRefresh();
    signIn();
    await done;
    expect(user()).toBe('grace');
  });

  it('by redirect starts when a running refresh has ended', async () => {
    const { signIn } = signInPage();
    await withRunningRefresh();
    const done = client.login({ display: 'redirect' });
    await env.advance(2_000);
    expect(calls).not.toContain('login');
    endRefresh();
    await env.advance(0);
    expect(calls).toContain('login');
    signIn();
    await done;
    expect(user()).toBe('grace');
  });

  it('by redirect starts after three seconds all the same', async () => {
    const { signIn } = signInPage();
    await withRunningRefresh();
    const done = client.login({ display: 'redirect' });
    await env.advance(3_000);
    expect(calls).toContain('login');
    endRefresh();
    signIn();
    await done;
  });

  it('can be stored again when the late answer of a refresh has replaced it', async () => {
    const { signIn } = signInPage(({ whenQuiet }) =>
      whenQuiet(async () => {
        expect(source.session).toEqual(ada);
        source.session = grace;
      }),
    );
    await started();
    await client.getAccessToken();
    const done = client.login();
    await env.advance(0);
    // Another part of the page forces a refresh while the user signs in.
    watch(client.getAccessToken({ forceRefresh: true }));
    await settled();
    signIn();
    await env.advance(1_000);
    endRefresh();
    await done;
    expect(user()).toBe('grace');
    const token = client.getAccessToken();
    await settled();
    endRefresh();
    expect(await token).toBe('secret-of-grace');
  });
});

describe('a sign-out', () => {
  it('may need a token itself, which it gets after a limited time', async () => {
    await started();
    await client.getAccessToken();
    endRefresh();
    Object.assign(source, {
      logout: async () => {
        const token = client.getAccessToken({ forceRefresh: true });
        await settled();
        await env.advance(3_000);
        endRefresh();
        calls.push(await token);
      },
    });
    const done = client.logout();
    await env.advance(0);
    await done;
    expect(calls.at(-1)).toBe('secret-of-ada');
  });

  it('is followed by one clear(), also if the source is asked for the session meanwhile', async () => {
    let clears = 0;
    Object.assign(source, {
      logout: async () => {},
      clear: async () => {
        clears++;
        await new Promise<void>((resolve) => env.setTimer(50, resolve));
      },
    });
    await started();
    source.answerSession = () => new Promise((resolve) => env.setTimer(300, () => resolve(null)));
    await client.logout();
    const check = client.checkSession();
    await env.advance(10_000);
    expect([await check, clears]).toEqual([null, 1]);
  });

  it('starts when a running refresh has ended, and no refresh starts before its end', async () => {
    const signedOut = new Deferred<void>();
    Object.assign(source, {
      logout: async () => {
        calls.push('logout');
        await signedOut.promise;
        source.session = null;
      },
    });
    await withRunningRefresh();
    const done = client.logout();
    await env.advance(1_000);
    expect(calls).not.toContain('logout');
    endRefresh();
    await env.advance(0);
    watch(client.getAccessToken({ forceRefresh: true }));
    await env.advance(1_000);
    expect(calls).toEqual(['refresh for ada', 'refresh for ada', 'logout']);
    signedOut.resolve();
    await done;
    await env.advance(60_000);
    expect(calls.length).toBe(3);
    expect(client.getSnapshot().status).toBe('signed-out');
  });
});

it('the source is cleared again when its SDK answers a refresh after its time limit and the end', async () => {
  const clears: string[] = [];
  Object.assign(source, {
    logout: async () => {},
    clear: async (reason: string) => {
      clears.push(reason);
      source.session = null;
    },
  });
  await started({ refresh: { timeout: '1s' } });
  await client.getAccessToken();
  watch(client.getAccessToken({ forceRefresh: true }));
  await env.advance(2_000);
  const done = client.logout();
  await env.advance(3_000);
  await done;
  await env.advance(1_000);
  expect(clears).toEqual(['signed-out']);
  source.session = ada;
  endRefresh();
  await env.advance(1_000);
  expect(clears).toEqual(['signed-out', 'signed-out']);
  expect(await client.checkSession()).toBeNull();
});
