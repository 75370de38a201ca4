import { beforeEach, describe, expect, it } from 'vitest';
import { rolling, type Session, type StepUpRequest, stepUp } from '../../src/index.js';
import { client, env, fails, onePage, source, started } from '../support/onePage.js';
import { Later, watch } from '../support/promises.js';

onePage();

const begin = (request: StepUpRequest): { outcome: unknown } =>
  watch(stepUp(client, request).then(() => 'proved'));

const ada = { user: { sub: 'ada' } };

/** Ada, who has proved who she is so long ago (ms), by such means. */
function proved(ago: number, acr?: string): Session {
  return { ...ada, authenticatedAt: env.wallNow() - ago, ...(acr !== undefined && { acr }) };
}

async function signIn(session: Session): Promise<void> {
  source.session = session;
  await client.login();
  await env.advance(0);
}

describe('a step that matters', () => {
  beforeEach(async () => {
    source.session = proved(600_000, 'bronze');
    await started({ policy: rolling({ idle: '1h' }) });
  });

  it('goes on at once where the proof is fresh and strong enough', async () => {
    const calls = [
      begin({ maxAge: '15m' }),
      begin({ acrValues: ['gold', 'bronze'] }),
      begin({ maxAge: '15m', acrValues: ['bronze'] }),
    ];
    await env.advance(0);
    expect(calls.map(({ outcome }) => outcome)).toEqual(['proved', 'proved', 'proved']);
  });

  it.each<[string, StepUpRequest]>([
    ['older', { maxAge: '5m' }],
    ['of any age, where it is to be new', { maxAge: 0 }],
    ['weaker', { acrValues: ['gold'] }],
    ['refused by an API', { maxAge: '15m', force: true }],
  ])('waits for a sign-in where the proof is %s, which is told of it', async (_case, request) => {
    const remove = client.addLoginPrompt();
    const call = begin(request);
    await env.advance(0);
    expect(call.outcome).toBe('pending');
    expect(client.getSnapshot()).toMatchObject({
      status: 'active',
      loginRequired: { code: 'ERR_STEP_UP_REQUIRED' },
    });
    await signIn(proved(1_500, 'gold'));
    expect(call.outcome).toBe('proved');
    const { maxAge, acrValues } = source.loginRequest;
    expect({ maxAge, acrValues }).toEqual({
      maxAge: request.maxAge,
      acrValues: request.acrValues,
    });
    expect(client.getSnapshot().loginRequired).toBeNull();
    remove();
  });

  it('is not let go on by a mere token', async () => {
    const remove = client.addLoginPrompt();
    const call = begin({ maxAge: 0 });
    await client.getAccessToken();
    await client.getAccessToken({ forceRefresh: true });
    await env.advance(0);
    expect(call.outcome).toBe('pending');
    await signIn(proved(0));
    expect(call.outcome).toBe('proved');
    remove();
  });

  it.each<[string, () => void]>([
    ['the source has told of the session again', () => undefined],
    ['it had ended, and is found again', () => client.notifyRevoked()],
  ])('is not let go on where %s', async (_case, before) => {
    const session = { ...ada };
    source.onEvent?.({ type: 'session', session });
    const remove = client.addLoginPrompt();
    const call = begin({ maxAge: '5m' });
    await env.advance(0);
    before();
    source.onEvent?.({ type: 'session', session });
    await env.advance(0);
    expect(call.outcome).toBe('pending');
    await signIn(ada);
    expect(call.outcome).toBe('proved');
    remove();
  });

  it('is let go on by whatever sign-in shows the proof', async () => {
    const remove = client.addLoginPrompt();
    const call = begin({ maxAge: '5m' });
    await env.advance(0);
    source.onEvent?.({ type: 'session', session: proved(0) });
    await env.advance(0);
    expect(call.outcome).toBe('proved');
    remove();
  });

  it('is not let go on by a sign-in that was under way, and was not told of it', async () => {
    const remove = client.addLoginPrompt();
    const answer = new Later();
    source.answerLogin = () => answer.promise;
    const login = client.login();
    await env.advance(2_000);
    source.session = ada;
    const call = begin({ acrValues: ['gold'] });
    await env.advance(0);
    answer.resolve();
    await login;
    await env.advance(0);
    expect(call.outcome).toBe('pending');
    remove();
    await env.advance(0);
  });

  it('of two with different needs each has a sign-in of its own', async () => {
    source.session = ada;
    source.onEvent?.({ type: 'session', session: ada });
    const remove = client.addLoginPrompt();
    const calls = [begin({ acrValues: ['gold'] }), begin({ maxAge: 0 }), begin({ maxAge: 0 })];
    await env.advance(0);
    await client.login({ maxAge: undefined } as never);
    await env.advance(0);
    expect(source.loginRequest).toEqual({ acrValues: ['gold'] });
    expect(calls.map(({ outcome }) => outcome)).toEqual(['proved', 'pending', 'pending']);
    await env.advance(2_000);
    await signIn(ada);
    expect(source.loginRequest).toEqual({ maxAge: 0 });
    expect(calls.map(({ outcome }) => outcome)).toEqual(['proved', 'proved', 'proved']);
    remove();
  });

  it('is called off by a sign-out', async () => {
    const remove = client.addLoginPrompt();
    const call = begin({ maxAge: 0 });
    await env.advance(0);
    await client.logout();
    await env.advance(0);
    expect(call.outcome).toBe('ERR_MISSING_SESSION');
    expect(client.getSnapshot().loginRequired).toBeNull();
    remove();
  });

  it('is refused where the provider signs the person in without the proof', async () => {
    const remove = client.addLoginPrompt();
    const call = begin({ acrValues: ['gold'] });
    await env.advance(0);
    await signIn(proved(0, 'bronze'));
    expect(call.outcome).toBe('ERR_STEP_UP_REQUIRED');
    remove();
  });

  it('takes a sign-in for the proof where the provider says nothing of it', async () => {
    const remove = client.addLoginPrompt();
    const call = begin({ maxAge: '5m', acrValues: ['gold'] });
    await env.advance(0);
    await signIn(ada);
    expect(call.outcome).toBe('proved');
    remove();
  });

  it('is refused where another person signs in', async () => {
    const remove = client.addLoginPrompt();
    const call = begin({ maxAge: '5m' });
    await env.advance(0);
    await signIn({ user: { sub: 'grace' } });
    expect(call.outcome).toBe('ERR_USER_CHANGED');
    remove();
  });

  it('is given up with the question, with its signal, and with the page', async () => {
    const remove = client.addLoginPrompt();
    const controller = new AbortController();
    const first = begin({ maxAge: 0, signal: controller.signal });
    const second = begin({ maxAge: 0 });
    await env.advance(0);
    controller.abort();
    await env.advance(0);
    expect([first.outcome, second.outcome]).toEqual([DOMException.ABORT_ERR, 'pending']);
    client.cancelLogin();
    await env.advance(0);
    expect(second.outcome).toBe('ERR_LOGIN_CANCELLED');
    const late = begin({ maxAge: '15m', signal: controller.signal });
    await env.advance(0);
    expect(late.outcome).toBe(DOMException.ABORT_ERR);
    const third = begin({ maxAge: 0 });
    await env.advance(0);
    remove();
    await env.advance(0);
    expect(third.outcome).toBe('ERR_STEP_UP_REQUIRED');
  });

  it('is refused at once where nothing on the page can ask, or nobody is to be asked', async () => {
    const alone = begin({ maxAge: 0 });
    await env.advance(0);
    expect(alone.outcome).toBe('ERR_STEP_UP_REQUIRED');
    const remove = client.addLoginPrompt();
    const hasty = begin({ maxAge: 0, onExpired: 'throw' });
    await env.advance(0);
    expect(hasty.outcome).toBe('ERR_STEP_UP_REQUIRED');
    remove();
  });

  it('waits for the same sign-in as a call whose session has ended', async () => {
    const remove = client.addLoginPrompt();
    client.notifyRevoked();
    const call = begin({ maxAge: '15m' });
    const token = watch(client.getAccessToken().then(() => 'proved'));
    await env.advance(0);
    expect([call.outcome, token.outcome]).toEqual(['pending', 'pending']);
    await signIn(proved(0));
    expect([call.outcome, token.outcome]).toEqual(['proved', 'proved']);
    remove();
  });

  it('names a bad age', async () => {
    await expect(stepUp(client, { maxAge: 'soon' as never })).rejects.toThrow(TypeError);
  });
});

describe('without a sign-in', () => {
  it('a step that matters is refused', async () => {
    source.session = null;
    await started();
    const remove = client.addLoginPrompt();
    const call = begin({ maxAge: 0 });
    await env.advance(0);
    expect(call.outcome).toBe('ERR_MISSING_SESSION');
    remove();
  });

  it('that cannot be asked for is no proof: the failure is told', async () => {
    await started({ refresh: { maxWait: 1 } });
    const remove = client.addLoginPrompt();
    source.answerLogin = fails('ERR_POPUP_BLOCKED');
    const call = begin({ maxAge: 0 });
    await env.advance(0);
    await expect(client.login()).rejects.toMatchObject({ code: 'ERR_POPUP_BLOCKED' });
    expect(call.outcome).toBe('pending');
    remove();
    await env.advance(0);
  });
});
