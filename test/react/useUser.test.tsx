import { act, cleanup } from '@testing-library/react';
import { type ReactNode, StrictMode } from 'react';
import { renderToString } from 'react-dom/server';
import { afterEach, expect, it, vi } from 'vitest';
import { SessionProvider, type UserClaims, useUser } from '../../src/index.js';
import { renderWithSession, TestSource } from '../../src/testing/index.js';

vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
afterEach(cleanup);

const ada = { user: { sub: 'ada', name: 'Ada', roles: ['admin'] } };

it('shows a standard claim without a cast, and nothing while there is no user', async () => {
  // TypeScript accepts `name` in JSX: it is a text, not `unknown`.
  const Name = (): ReactNode => <p>{useUser()?.name}</p>;
  const { client, container } = await renderWithSession(<Name />, { session: ada });
  expect(container.textContent).toBe('Ada');
  await act(() => client.logout());
  expect(container.textContent).toBe('');
});

it('keeps the user while the session is expired, for the content that stays mounted', async () => {
  const Name = (): ReactNode => useUser((user) => user.name) ?? 'no user';
  const { client, container } = await renderWithSession(<Name />, { session: ada });
  await act(async () => client.notifyRevoked());
  expect(client.getSnapshot().status).toBe('expired');
  expect(container.textContent).toBe('Ada');
});

it('returns the same object, and re-renders only when a claim changes', async () => {
  const users: (UserClaims | null)[] = [];
  const roles: unknown[] = [];
  const User = (): ReactNode => {
    users.push(useUser());
    return null;
  };
  const Roles = (): ReactNode => {
    roles.push(useUser((user) => ({ list: user['roles'] })));
    return null;
  };
  const page = (
    <>
      <User />
      <Roles />
    </>
  );
  const source = new TestSource({ session: ada });
  const { client } = await renderWithSession(page, { source });
  const read = async (user: UserClaims): Promise<void> => {
    source.getSession = async () => ({ user });
    await act(async () => void (await client.checkSession()));
  };
  const before = users.length;
  await read(structuredClone(ada.user));
  expect(users).toHaveLength(before);
  await read({ ...ada.user, name: 'Ada Lovelace' });
  expect(users).toHaveLength(before + 1);
  expect(users.at(-1)).toMatchObject({ name: 'Ada Lovelace' });
  expect(roles.filter((each) => each !== null)).toHaveLength(1);
});

it('is the user of initialSession on a server', () => {
  const Name = (): ReactNode => useUser((user) => user.name) ?? 'no user';
  const page = (initialSession?: typeof ada): ReactNode => (
    <StrictMode>
      <SessionProvider source={new TestSource()} {...(initialSession && { initialSession })}>
        <Name />
      </SessionProvider>
    </StrictMode>
  );
  expect(renderToString(page(ada))).toBe('Ada');
  expect(renderToString(page())).toBe('no user');
});
