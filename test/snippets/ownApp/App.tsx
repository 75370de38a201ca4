import type { ReactNode } from 'react';
import { useAccessToken, useSessionStatus } from 'session-clock';
import { ReloginDialog, SessionExpiryDialog } from 'session-clock/ui';

/** The smallest page that the tests of docs/testing.md pass with. */
export function App(): ReactNode {
  const { status } = useSessionStatus();
  useAccessToken();
  return (
    <>
      <p>{status === 'active' ? 'Signed in' : 'Not signed in'}</p>
      <label>
        Note <input />
      </label>
      <SessionExpiryDialog />
      <ReloginDialog />
    </>
  );
}
