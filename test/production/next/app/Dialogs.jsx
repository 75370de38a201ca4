'use client';
import { SessionProvider } from 'session-clock';
import { SessionExpiryDialog, SessionStatusBadge } from 'session-clock/ui';

const minute = 60_000;

/** A session close to its end, so that the warning opens. */
const source = {
  name: 'expiring',
  getSession: async () => ({
    user: { sub: 'ada', name: 'Ada Lovelace' },
    startedAt: Date.now() - 60 * minute,
    expiresAt: Date.now() + minute,
  }),
};

export function Dialogs() {
  return (
    <SessionProvider source={source}>
      <SessionStatusBadge />
      <SessionExpiryDialog />
    </SessionProvider>
  );
}
