'use client';
import { type ReactNode, useCallback, useState, useSyncExternalStore } from 'react';
import { useSessionClient } from '../react/context.js';
import { type ReplayStep, replayLog } from '../replay/replayLog.js';
import { CopyLog } from './CopyLog.js';
import { InputList } from './InputList.js';
import { createLogStore } from './logStore.js';
import { StepChanges } from './StepChanges.js';

interface SelectedStep {
  /** Among all inputs of the client. */
  readonly number: number;
  readonly step: ReplayStep;
}

/** The inputs of the client, and what the selected one changed. */
export function InputLog(): ReactNode {
  const client = useSessionClient('<SessionDevtools>');
  const [store] = useState(() => createLogStore(client));
  const log = useSyncExternalStore(store.subscribe, store.getLog, noLog);
  const [selected, setSelected] = useState<SelectedStep | null>(null);
  const select = useCallback(
    (number: number): void => {
      // Replayed once, and only on demand: it takes longer than to list the inputs.
      const { skipped } = store.getLog();
      const step = replayLog(store.getLog())[number - 1 - skipped];
      if (step) setSelected({ number, step });
    },
    [store],
  );
  return (
    <section aria-label="Inputs">
      <h3>Inputs</h3>
      <CopyLog />
      {log && <InputList log={log} selected={selected?.number ?? null} onSelect={select} />}
      {selected && <StepChanges {...selected} />}
    </section>
  );
}

/** A server renders no inputs: the browser has others. */
function noLog(): null {
  return null;
}
