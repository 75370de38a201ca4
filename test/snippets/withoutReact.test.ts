import { expect, it } from 'vitest';

it('docs/testing.md, "Without React": a user is signed in after an hour', async () => {
  const snippet = await import('snippet:docs/testing.md#2');
  expect(Object.keys(snippet), 'the declarations of the snippet').toContain('client');
  expect(snippet.client.getSnapshot()).toMatchObject({ status: 'active', connection: 'online' });
  snippet.client.stop();
});
