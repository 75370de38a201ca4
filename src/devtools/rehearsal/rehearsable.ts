import { isDevelopment } from '../../core/isDevelopment.js';
import type { SessionSource } from '../../core/sessionSource.js';
import type { SessionClient } from '../../core/shell/sessionClient.js';
import { shieldEvents } from '../shieldEvents.js';
import { Rehearsal } from './rehearsal.js';
import { wrapSource } from './wrapSource.js';

export interface RehearsableOptions {
  /** Whether a production build can rehearse too, for example a Storybook. Default `false`. */
  inProduction?: boolean;
}

const rehearsals = new Set<Rehearsal>();
/** A component may call `rehearsable(source)` each time it renders. */
const wrapped = new WeakMap<SessionSource, SessionSource>();

/**
 * A source with which `SessionDevtools` can rehearse what an app rarely meets: an expired access token, the end
 * of the session, sleep, no network, HTTP 429, a clock that is wrong, and a sign-in of another user. Until a button of the panel is
 * pressed, it passes every request to `source` unchanged. In a production build it returns `source` itself.
 * @example <SessionProvider source={rehearsable(oidcClient(userManager))}>
 */
export function rehearsable(
  source: SessionSource,
  { inProduction = false }: RehearsableOptions = {},
): SessionSource {
  if (!inProduction && !isDevelopment()) return source;
  // Before the client starts.
  shieldEvents();
  const known = wrapped.get(source);
  if (known) return known;
  const rehearsal = new Rehearsal(source);
  rehearsals.add(rehearsal);
  const result = wrapSource(source, rehearsal);
  wrapped.set(source, result);
  return result;
}

/** The rehearsal of this client's source; `null`: its source is not rehearsable. */
export function rehearsalOf(client: SessionClient): Rehearsal | null {
  return [...rehearsals].findLast((rehearsal) => rehearsal.isOf(client)) ?? null;
}
