import type { Environment } from '../environment.js';
import type { Config } from '../model/config.js';
import { fingerprint } from '../model/user.js';
import {
  readCheckOptions,
  readHideAfter,
  readRefreshOptions,
  type SessionClientOptions,
} from '../options.js';
import { sourcePolicy } from '../policy.js';

/**
 * The configuration of a client, and how long its source may take to answer (ms). Throws a `TypeError`
 * for an invalid option.
 */
export function createConfig(
  options: SessionClientOptions,
  env: Environment,
): { config: Config; timeout: number } {
  const { source, policy = sourcePolicy, userKey } = options;
  const { timeout, ...refresh } = readRefreshOptions(options.refresh, source);
  const config: Config = {
    tab: env.newTabId(),
    openedAt: env.openedAt,
    policy,
    ...refresh,
    ...readCheckOptions(options),
    hideAfter: readHideAfter(options.hideAfter),
    hasTokens: source.getAccessToken !== undefined,
    canExtend: source.extend !== undefined,
    canClear: source.clear !== undefined,
    isSilent: policy.lifetime !== 'access-token',
    hasOtherTabs: env.locks !== null,
    userOf: (session) => fingerprint(userKey?.(session) ?? session.user.sub),
  };
  return { config, timeout };
}
