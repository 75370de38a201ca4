import type { SourceContext } from '../core/sessionSource.js';
import type { EndReason, Session } from '../core/types.js';

/** What a request needs of the context. */
export type Connection = Pick<SourceContext, 'fetch' | 'signal'>;

interface SharedCookie<Context> {
  getSession(context: Context): Promise<Session | null>;
  clear(reason: EndReason, context: Context): Promise<void>;
}

/**
 * `getSession()` and `clear()` of a source whose session is a cookie of all tabs. `clear()` ends the session on
 * the server only if it is still the one that this tab has read: another user may have signed in meanwhile.
 */
export function sharedCookie<Context extends Connection>(
  read: (context: Context) => Promise<Session | null>,
  signOut: (context: Context) => Promise<unknown>,
): SharedCookie<Context> {
  let latest: Session | null = null;
  return {
    async getSession(context) {
      latest = await read(context);
      return latest;
    },
    async clear(_reason, context) {
      const ended = latest;
      latest = await read(context);
      if (latest && isSame(latest, ended ?? latest)) await signOut(context);
    },
  };
}

function isSame(one: Session, other: Session): boolean {
  return one.user.sub === other.user.sub && one.startedAt === other.startedAt;
}
