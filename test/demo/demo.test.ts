import { afterAll, beforeAll, expect, it } from 'vitest';
import { startDemo } from '../../demo/index.js';

let demo: Awaited<ReturnType<typeof startDemo>>;
const app = 'http://localhost:6006';

beforeAll(async () => {
  demo = await startDemo({ appOrigins: [app], redirectUris: [`${app}/callback`] });
});
afterAll(() => demo.stop());

const discovery = () => fetch(`${demo.issuer}/.well-known/openid-configuration`);

it('the provider supports OpenID Connect with PKCE and revocation', async () => {
  expect(await (await discovery()).json()).toMatchObject({
    issuer: demo.issuer,
    code_challenge_methods_supported: ['S256'],
    revocation_endpoint: expect.stringContaining(demo.issuer),
    end_session_endpoint: expect.stringContaining(demo.issuer),
  });
});

it('the API refuses a request without a token or with a forged one', async () => {
  expect((await fetch(`${demo.apiUrl}/notes`)).status).toBe(401);
  const headers = { Authorization: 'Bearer e30.e30.e30' };
  const refused = await fetch(`${demo.apiUrl}/notes`, { headers });
  expect(refused.status).toBe(401);
  expect(refused.headers.get('WWW-Authenticate')).toContain('invalid_token');
});

it('the API allows the app’s origin, and no other', async () => {
  const allowed = async (origin: string) =>
    (await fetch(`${demo.apiUrl}/notes`, { headers: { Origin: origin } })).headers.get(
      'Access-Control-Allow-Origin',
    );
  expect(await allowed(app)).toBe(app);
  expect(await allowed('http://evil.test')).not.toBe('http://evil.test');
});

it('the provider refuses connections while it is stopped, and starts again at the same address', async () => {
  await demo.control('provider/stop');
  await expect(discovery()).rejects.toThrow('fetch failed');
  expect(await demo.control('provider/start')).toMatchObject({ provider: 'running' });
  expect((await discovery()).status).toBe(200);
});
