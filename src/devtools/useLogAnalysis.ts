'use client';
import { useState, useSyncExternalStore } from 'react';
import type { SessionClient } from '../core/shell/sessionClient.js';
import { subscribeToClock } from '../core/shell/ticker.js';
import { useSessionClient } from '../react/context.js';
import { analyzeLog, type LogAnalysis } from './analyzeLog.js';

const empty: LogAnalysis = { requests: [], extensions: 0 };

/** The requests of the log and their reasons, renewed at most once a second. */
export function useLogAnalysis(): LogAnalysis {
  const client = useSessionClient('<SessionDevtools>');
  const [store] = useState(() => createAnalysisStore(client));
  return useSyncExternalStore(store.subscribe, store.read, () => empty);
}

/** Replaying 200 inputs takes some milliseconds, so it is done with the next tick. */
function createAnalysisStore(client: SessionClient): {
  subscribe: (listener: () => void) => () => void;
  read: () => LogAnalysis;
} {
  let analysis: LogAnalysis | null = null;
  let isChanged = false;
  return {
    read: () => (analysis ??= analyzeLog(client.getLog())),
    subscribe(listener) {
      const renew = (): void => {
        if (!isChanged) return;
        isChanged = false;
        analysis = null;
        listener();
      };
      const stops = [
        client.subscribe(() => (isChanged = true)),
        subscribeToClock(client, '1s', renew),
      ];
      isChanged = true;
      renew();
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
}
