'use client';
import { useMemo } from 'react';
import { stepUp } from '../core/shell/stepUp.js';
import type { StepUpRequest } from '../core/types.js';
import { useSessionClient } from './context.js';

export interface StepUp {
  /**
   * Resolves when the user's authentication meets the request: at once if it does already, else
   * after a new sign-in. Rejects with a `SessionError`, `ERR_STEP_UP_REQUIRED` if no dialog and no
   * `onLoginRequired` can ask the user or the provider does not confirm the requirement, and with a `TypeError` if
   * `maxAge` is not a duration.
   */
  ensure: (request: StepUpRequest) => Promise<void>;
}

/**
 * Asks for a newer or stronger authentication before a critical action (OpenID Connect `max_age`
 * and `acr_values`). The server must check it as well. Stable; never causes a re-render.
 * Throws a `TypeError` without a `SessionProvider`.
 * @example await ensure({ maxAge: '5m' });
 */
export function useStepUp(): StepUp {
  const client = useSessionClient('useStepUp()');
  return useMemo(() => ({ ensure: (request) => stepUp(client, request) }), [client]);
}
