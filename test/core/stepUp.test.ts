import { beforeEach, describe, expect, it } from 'vitest';
import { toMsOrZero } from '../../src/core/duration.js';
import { rolling, type Session, type StepUpRequest, stepUp } from '../../src/index.js';
import { client, env, fails, onePage, source, started } from '../support/onePage.js';
import { Deferred, watch } from '../support/promises.js';

onePage();

const startStepUp = (request: StepUpRequest): { outcome: unknown } =>
  watch(stepUp(client, request).then(() => 'met'));

const ada = { user: { sub: 'ada' } };

/** A session of ada, who authenticated `ago` ms ago. */
function authenticated(ago: number, acr?: string): Session {
  return { ...ada, authenticatedAt: env.wallNow() - ago, ...(acr !== undefined && { acr }) };
}

async function signIn(session: Session): Promise<void> {
  source.session = session;
  await client.login();
  await env.advance(0);
}

describe('a step-up', () => {
  beforeEach(async () => {
    source.session = authenticated(600_000, 'bronze');
    await started({ policy: rolling({ idle: '1h' }) });
  });

  it('resolves at once when the authentication is recent and strong enough', async () => {
    const calls = [
      startStepUp({ maxAge: '15m' }),
      startStepUp({ acrValues: ['gold', 'bronze'] }),
      startStepUp({ maxAge: '15m', acrValues: ['bronze'] }),
    ];
    await env.advance(0);
    expect(calls.map(({ outcome }) => outcome)).toEqual(['met', 'met', 'met']);
  });

  it.each<[string, StepUpRequest]>([
    ['too old', { maxAge: '5m' }],
    ['not new, with maxAge 0', { maxAge: 0 }],
    ['too weak', { acrValues: ['gold'] }],
    ['refused by the API', { maxAge: '15m', force: true }],
  ])(
    'waits for a sign-in when the authentication is %s, and passes its requirement to login()',
    async (_case, request) => {
      const remove = client.addLoginPrompt();
      const call = startStepUp(request);
      await env.advance(0);
      expect(call.outcome).toBe('pending');
      expect(client.getSnapshot()).toMatchObject({
        status: 'active',
        loginRequired: { code: 'ERR_STEP_UP_REQUIRED' },
      });
      await signIn(authenticated(1_500, 'gold'));
      expect(call.outcome).toBe('met');
      const { maxAge, acrValues } = source.loginRequest;
      expect({ maxAge, acrValues }).toEqual({
        maxAge: request.maxAge === undefined ? undefined : toMsOrZero(request.maxAge, 'maxAge'),
        acrValues: request.acrValues,
      });
      expect(client.getSnapshot().loginRequired).toBeNull();
      remove();
    },
  );

  it('is not resolved by an access token', async () => {
    const remove = client.addLoginPrompt();
    const call = startStepUp({ maxAge: 0 });
    await client.getAccessToken();
    await client.getAccessToken({ forceRefresh: true });
    await env.advance(0);
    expect(call.outcome).toBe('pending');
    await signIn(authenticated(0));
    expect(call.outcome).toBe('met');
    remove();
  });

  it.each<[string, () => void]>([
    ['the source announces the session again', () => undefined],
    ['the session has ended and the source finds it again', () => client.notifyRevoked()],
  ])('is not resolved when %s', async (_case, before) => {
    const session = { ...ada };
    source.onEvent?.({ type: 'session', session });
    const remove = client.addLoginPrompt();
    const call = startStepUp({ maxAge: '5m' });
    await env.advance(0);
    before();
    source.onEvent?.({ type: 'session', session });
    await env.advance(0);
    expect(call.outcome).toBe('pending');
    await signIn(ada);
    expect(call.outcome).toBe('met');
    remove();
  });

  it('is resolved by any sign-in that meets the requirement', async () => {
    const remove = client.addLoginPrompt();
    const call = startStepUp({ maxAge: '5m' });
    await env.advance(0);
    source.onEvent?.({ type: 'session', session: authenticated(0) });
    await env.advance(0);
    expect(call.outcome).toBe('met');
    remove();
  });

  it('is not resolved by a sign-in that was started before, without the requirement', async () => {
    const remove = client.addLoginPrompt();
    const answer = new Deferred();
    source.answerLogin = () => answer.promise;
    const login = client.login();
    await env.advance(2_000);
    source.session = ada;
    const call = startStepUp({ acrValues: ['gold'] });
    await env.advance(0);
    answer.resolve();
    await login;
    await env.advance(0);
    expect(call.outcome).toBe('pending');
    remove();
    await env.advance(0);
  });

  it('needs its own sign-in when another step-up has a different requirement', async () => {
    source.session = ada;
    source.onEvent?.({ type: 'session', session: ada });
    const remove = client.addLoginPrompt();
    const calls = [
      startStepUp({ acrValues: ['gold'] }),
      startStepUp({ maxAge: 0 }),
      startStepUp({ maxAge: 0 }),
    ];
    await env.advance(0);
    await client.login({ maxAge: undefined } as never);
    await env.advance(0);
    expect(source.loginRequest).toEqual({ acrValues: ['gold'] });
    expect(calls.map(({ outcome }) => outcome)).toEqual(['met', 'pending', 'pending']);
    await env.advance(2_000);
    await signIn(ada);
    expect(source.loginRequest).toEqual({ maxAge: 0 });
    expect(calls.map(({ outcome }) => outcome)).toEqual(['met', 'met', 'met']);
    remove();
  });

  it('is rejected by a sign-out', async () => {
    const remove = client.addLoginPrompt();
    const call = startStepUp({ maxAge: 0 });
    await env.advance(0);
    await client.logout();
    await env.advance(0);
    expect(call.outcome).toBe('ERR_MISSING_SESSION');
    expect(client.getSnapshot().loginRequired).toBeNull();
    remove();
  });

  it('is rejected when the provider signs the user in without meeting the requirement', async () => {
    const remove = client.addLoginPrompt();
    const call = startStepUp({ acrValues: ['gold'] });
    await env.advance(0);
    await signIn(authenticated(0, 'bronze'));
    expect(call.outcome).toBe('ERR_STEP_UP_REQUIRED');
    remove();
  });

  it('is resolved by a sign-in when the provider reports neither auth_time nor acr', async () => {
    const remove = client.addLoginPrompt();
    const call = startStepUp({ maxAge: '5m', acrValues: ['gold'] });
    await env.advance(0);
    await signIn(ada);
    expect(call.outcome).toBe('met');
    remove();
  });

  it('is rejected when another user signs in', async () => {
    const remove = client.addLoginPrompt();
    const call = startStepUp({ maxAge: '5m' });
    await env.advance(0);
    await signIn({ user: { sub: 'grace' } });
    expect(call.outcome).toBe('ERR_USER_CHANGED');
    remove();
  });

  it('is rejected when its signal is aborted, when the sign-in is cancelled, and when the login prompt is removed', async () => {
    const remove = client.addLoginPrompt();
    const controller = new AbortController();
    const first = startStepUp({ maxAge: 0, signal: controller.signal });
    const second = startStepUp({ maxAge: 0 });
    await env.advance(0);
    controller.abort();
    await env.advance(0);
    expect([first.outcome, second.outcome]).toEqual([DOMException.ABORT_ERR, 'pending']);
    client.cancelLogin();
    await env.advance(0);
    expect(second.outcome).toBe('ERR_LOGIN_CANCELLED');
    const late = startStepUp({ maxAge: '15m', signal: controller.signal });
    await env.advance(0);
    expect(late.outcome).toBe(DOMException.ABORT_ERR);
    const third = startStepUp({ maxAge: 0 });
    await env.advance(0);
    remove();
    await env.advance(0);
    expect(third.outcome).toBe('ERR_STEP_UP_REQUIRED');
  });

  it('is rejected at once without a login prompt on the page, and with onExpired: throw', async () => {
    const withoutPrompt = startStepUp({ maxAge: 0 });
    await env.advance(0);
    expect(withoutPrompt.outcome).toBe('ERR_STEP_UP_REQUIRED');
    const remove = client.addLoginPrompt();
    const throwing = startStepUp({ maxAge: 0, onExpired: 'throw' });
    await env.advance(0);
    expect(throwing.outcome).toBe('ERR_STEP_UP_REQUIRED');
    remove();
  });

  it('waits for the same sign-in as a token call after the session has ended', async () => {
    const remove = client.addLoginPrompt();
    client.notifyRevoked();
    const call = startStepUp({ maxAge: '15m' });
    const token = watch(client.getAccessToken().then(() => 'met'));
    await env.advance(0);
    expect([call.outcome, token.outcome]).toEqual(['pending', 'pending']);
    await signIn(authenticated(0));
    expect([call.outcome, token.outcome]).toEqual(['met', 'met']);
    remove();
  });

  it('is refused with a TypeError for an invalid maxAge', async () => {
    await expect(stepUp(client, { maxAge: 'soon' as never })).rejects.toThrow(TypeError);
  });
});

describe('a step-up without a session', () => {
  it('is rejected', async () => {
    source.session = null;
    await started();
    const remove = client.addLoginPrompt();
    const call = startStepUp({ maxAge: 0 });
    await env.advance(0);
    expect(call.outcome).toBe('ERR_MISSING_SESSION');
    remove();
  });
});

describe('a step-up whose sign-in fails', () => {
  it('stays pending, and login() rejects with the failure', async () => {
    await started({ refresh: { maxWait: 1 } });
    const remove = client.addLoginPrompt();
    source.answerLogin = fails('ERR_POPUP_BLOCKED');
    const call = startStepUp({ maxAge: 0 });
    await env.advance(0);
    await expect(client.login()).rejects.toMatchObject({ code: 'ERR_POPUP_BLOCKED' });
    expect(call.outcome).toBe('pending');
    remove();
    await env.advance(0);
  });
});
