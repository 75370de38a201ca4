import { replaceEqualDeep } from '@tanstack/react-query';
import { derive } from '../core/model/derive.js';
import { eventsBetween, type View } from '../core/model/events.js';
import type { Input } from '../core/model/input.js';
import { type Schedule, schedule } from '../core/model/schedule.js';
import type { State } from '../core/model/state.js';
import { update } from '../core/model/update.js';
import type { SessionEvent, Snapshot } from '../core/snapshot.js';
import type { Instant } from '../core/types.js';
import { type RevivedEntry, readLog } from './readLog.js';
import { type StateChange, stateChanges } from './stateChanges.js';

/** One input of a log, and what it caused. The shape of `input`, `schedule` and `changes` may change with a release. */
export interface ReplayStep {
  /** The device's clock (epoch ms). */
  readonly at: Instant;
  readonly input: Input;
  /** After the input. */
  readonly snapshot: Snapshot;
  readonly events: readonly SessionEvent[];
  /** The effects that should run after the input, and when the state next changes by itself (epoch ms, device time). */
  readonly schedule: Schedule;
  /** The parts of the state that the input changed. */
  readonly changes: readonly StateChange[];
}

/**
 * Replays what `client.getLog()` returned, as an object or as parsed JSON: the steps have the snapshots
 * and the events of that client, with fingerprints in place of its users and tokens. Pure: it sets no
 * timer, requests nothing, and returns the same each time. Throws a `TypeError` for anything else, and
 * for a log of another version.
 * @example replayLog(bugReport).flatMap(({ events }) => events)
 */
export function replayLog(log: unknown): ReplayStep[] {
  const { state, entries } = readLog(log);
  let view = explainFailure('The state of the log', () => viewOf(state));
  return entries.map((entry, index) => {
    const name = `Entry ${index} of the log, "${entry.input.type}",`;
    const [step, after] = explainFailure(name, () => replayEntry(view, entry));
    view = after;
    return step;
  });
}

function replayEntry(
  before: View,
  { at, input, reading }: RevivedEntry,
): [step: ReplayStep, after: View] {
  const state = update(before.state, input, reading);
  const view = viewOf(state);
  // As in the client, a snapshot stays the same object until something changes.
  const snapshot = replaceEqualDeep(before.snapshot, view.snapshot);
  const step = {
    at,
    input,
    snapshot,
    events: eventsBetween(before, view),
    schedule: schedule(state),
    changes: stateChanges(before.state, state),
  };
  return [step, { state, snapshot }];
}

function viewOf(state: State): View {
  return { state, snapshot: derive(state) };
}

/** The log is checked no further than its entries: the model fails on one that is damaged otherwise. */
function explainFailure<Result>(name: string, run: () => Result): Result {
  try {
    return run();
  } catch (cause) {
    throw new TypeError(
      `${name} could not be replayed: ${String(cause)}. It was edited, or another release of session-clock wrote it: replay the unchanged log with that release.`,
      { cause },
    );
  }
}
