import { replaceEqualDeep } from '@tanstack/react-query';
import { deviceNow } from '../core/model/clock.js';
import type { State } from '../core/model/state.js';

/** One part of the state that an input changed. */
export interface StateChange {
  /** As in JavaScript: `signIn.end`, `requests["token:{}"].isRunning`. */
  readonly path: string;
  /** `undefined`: it was not there. */
  readonly before: unknown;
  /** `undefined`: it is no longer there. */
  readonly after: unknown;
}

/** What differs between two states, in the order of their fields. That time has passed is no change. */
export function stateChanges(before: State, after: State): StateChange[] {
  const { reading, clock } = after;
  const { wall, monotonic } = clock;
  const device = deviceNow(before.clock, clock);
  const later = { ...before, reading, clock: { ...before.clock, device, wall, monotonic } };
  return changesIn('', later, after);
}

function changesIn(path: string, before: unknown, after: unknown): StateChange[] {
  if (!isRecord(before) || !isRecord(after)) {
    return replaceEqualDeep(before, after) === before ? [] : [{ path, before, after }];
  }
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  const changed = [...keys].filter((key) => !Object.is(before[key], after[key]));
  return changed.flatMap((key) => changesIn(join(path, key), before[key], after[key]));
}

function join(path: string, key: string): string {
  if (!/^[A-Za-z_$][\w$]*$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === '' ? key : `${path}.${key}`;
}

/** Not a list, which is compared as one value, and no error. */
function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return Object.prototype.toString.call(value) === '[object Object]';
}
