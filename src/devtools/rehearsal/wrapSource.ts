import { omitUndefined } from '../../core/omitUndefined.js';
import type { SessionSource } from '../../core/sessionSource.js';
import type { Rehearsal } from './rehearsal.js';

/** The functions of `source` under the conditions of the rehearsal. It has those that `source` has. */
export function wrapSource(source: SessionSource, rehearsal: Rehearsal): SessionSource {
  const { name, readingExtends, storageDelay } = source;
  const { getAccessToken, login, logout, extend, clear, subscribe } = source;
  return {
    name,
    ...omitUndefined({ readingExtends, storageDelay }),
    async getSession(context) {
      await rehearsal.beforeRequest(context);
      return rehearsal.readSession(await source.getSession(context), context.now());
    },
    ...(getAccessToken && {
      async getAccessToken(request, context) {
        await rehearsal.beforeRequest(context);
        const known = rehearsal.takeShortToken(request, context.now());
        if (known) return known;
        return rehearsal.readToken(request, await getAccessToken.call(source, request, context));
      },
    }),
    ...(extend && {
      async extend(context) {
        await rehearsal.beforeRequest(context);
        const session = await extend.call(source, context);
        rehearsal.renewSession();
        return rehearsal.readSession(session, context.now());
      },
    }),
    ...(login && {
      async login(request, context) {
        await rehearsal.beforeRequest(context);
        await login.call(source, request, context);
        rehearsal.signIn();
      },
    }),
    ...(logout && {
      async logout(request, context) {
        await rehearsal.beforeRequest(context);
        await logout.call(source, request, context);
      },
    }),
    ...(clear && { clear: (reason, context) => clear.call(source, reason, context) }),
    subscribe: (onEvent) => rehearsal.connect(onEvent, subscribe?.bind(source)),
  } satisfies SessionSource;
}
