import type { Config } from './config.js';
import { type Draft, longAgo } from './state.js';

/** Asks the other tabs for their facts. */
export function startSync(s: Draft, { hasOtherTabs }: Config): void {
  if (!s.isSyncing) s.syncedAt = s.clock.device;
  s.isSyncing = hasOtherTabs;
}

/** It was interrupted: what the other tabs know is not known here. */
export function cancelSync(s: Draft): void {
  if (s.isSyncing) s.syncedAt = longAgo;
  s.isSyncing = false;
}
