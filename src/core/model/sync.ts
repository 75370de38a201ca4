import type { Config } from './config.js';
import type { Draft } from './state.js';

/** Asks the other tabs for their facts. */
export function startSync(s: Draft, { hasOtherTabs }: Config): void {
  if (!s.isSyncing) s.syncedAt = s.clock.device;
  s.isSyncing = hasOtherTabs;
}
