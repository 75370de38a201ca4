'use client';
import { useMemo } from 'react';
import { stepUp } from '../core/shell/stepUp.js';
import type { StepUpRequest } from '../core/types.js';
import { useSessionClient } from './context.js';

export interface StepUp {
  /**
   * Resolves when the person has proved who they are as the request asks: at once where they have,
   * else after a new sign-in. Rejects with a `SessionError`: `ERR_STEP_UP_REQUIRED` where nothing on
   * the page can ask them, or the provider does not confirm it; and with a `TypeError` for a
   * `maxAge` that is no duration.
   */
  ensure: (request: StepUpRequest) => Promise<void>;
}

/**
 * For a step that matters: asks for a newer or stronger proof of identity (OpenID Connect `max_age`
 * and `acr_values`). The server must check it all the same. Stable, and never a cause to re-render.
 * Throws a `TypeError` without a `SessionProvider`.
 * @example await ensure({ maxAge: '5m' });
 */
export function useStepUp(): StepUp {
  const client = useSessionClient('useStepUp()');
  return useMemo(() => ({ ensure: (request) => stepUp(client, request) }), [client]);
}
