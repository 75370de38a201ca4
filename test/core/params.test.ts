import { expect, it } from 'vitest';
import type { AccessTokenRequest, RequestParams } from '../../src/index.js';
import { client, onePage, source, started } from '../support/onePage.js';

onePage();

it('params reach the source, and tokens with different params are different tokens', async () => {
  const requests: AccessTokenRequest[] = [];
  source.answerToken = async (request, { now }) => {
    requests.push(request);
    return { value: `secret-${requests.length}`, expiresAt: now() + 60_000 };
  };
  await started();
  const token = (params?: RequestParams) => client.getAccessToken({ ...(params && { params }) });
  expect(await token({ organization: 'one', template: 'a' })).toBe('secret-1');
  // The order of the fields makes no difference.
  expect(await token({ template: 'a', organization: 'one' })).toBe('secret-1');
  expect(await token({ organization: 'two', template: 'a' })).toBe('secret-2');
  expect(await token()).toBe('secret-3');
  expect(await token({})).toBe('secret-3');
  expect(requests).toEqual([
    { params: { organization: 'one', template: 'a' } },
    { params: { organization: 'two', template: 'a' } },
    {},
  ]);
});

it('params of a sign-in and of a sign-out reach the source', async () => {
  const requests: unknown[] = [];
  Object.assign(source, {
    login: async (request: unknown) => void requests.push(request),
    logout: async (request: unknown) => void requests.push(request),
  });
  await started();
  await client.login({ params: { connection: 'google' } });
  await client.logout({ params: { federated: 'true' } });
  expect(requests).toEqual([
    { params: { connection: 'google' } },
    { params: { federated: 'true' } },
  ]);
});
