// @ts-check
import { randomUUID } from 'node:crypto';

/** @typedef {{ id: string, csrf: string, user: { id: number, name: string }, startedAt: number, idleEndsAt: number, endsAt: number }} StoredSession */

/** How long a session lasts without activity, and in all (ms). Short, so that both can be seen. */
const idle = 120_000;
const lifetime = 900_000;

/** @type {Map<string, StoredSession>} */
const sessions = new Map();

/** @param {string} name */
export function startSession(name) {
  const now = Date.now();
  const user = { id: 1, name };
  const session = { id: randomUUID(), csrf: randomUUID(), user, startedAt: now };
  const stored = { ...session, idleEndsAt: now + idle, endsAt: now + lifetime };
  sessions.set(stored.id, stored);
  return stored;
}

/** @param {string | undefined} id */
export function findSession(id = '') {
  const session = sessions.get(id);
  const isValid = session && Math.min(session.idleEndsAt, session.endsAt) > Date.now();
  return isValid ? session : null;
}

/** @param {StoredSession} session */
export function extendSession(session) {
  session.idleEndsAt = Date.now() + idle;
}

/** @param {StoredSession} session */
export function endSession(session) {
  sessions.delete(session.id);
}

export function endAllSessions() {
  sessions.clear();
}
