import { advance, noProgress, type Observation, type Progress } from './steps';

let progress: Progress = noProgress;
const listeners = new Set<() => void>();

/** Checks off the steps that an observation finishes. The progress is kept in memory while the page is open. */
export function observe(observation: Observation): void {
  set(advance(progress, observation));
}

export function resetProgress(): void {
  set(noProgress);
}

export function subscribeToProgress(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function readProgress(): Progress {
  return progress;
}

function set(next: Progress): void {
  if (next === progress) return;
  progress = next;
  for (const listener of listeners) listener();
}
