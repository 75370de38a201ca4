import type { SessionLog } from '../core/shell/inputLog.js';
import type { SessionClient } from '../core/shell/sessionClient.js';

/** For `useSyncExternalStore`: the log as of the latest change of the client. */
export interface LogStore {
  subscribe(listener: () => void): () => void;
  getLog(): SessionLog;
}

/** Reads the log at most once for each change of the client. */
export function createLogStore(client: SessionClient): LogStore {
  let log: SessionLog | null = null;
  return {
    subscribe(listener) {
      // The client may have changed since the first render.
      log = null;
      return client.subscribe(() => {
        log = null;
        listener();
      });
    },
    getLog() {
      log ??= client.getLog();
      return log;
    },
  };
}
