import { mapValues } from '../model/records.js';
import { noStamp } from '../model/stamp.js';
import type { EndReason } from '../types.js';

// The checks of data that another page has written, in a message or in the storage, or that a source reports.

export type Check = (value: unknown) => boolean;
export type Checks<Value> = { readonly [Field in keyof Value]: Check };

export const isText: Check = (value) => typeof value === 'string';
export const isStamp: Check = (value) => isText(value) && /^\d{15}\../.test(value as string);
export const isStampOrNone: Check = (value) => value === noStamp || isStamp(value);
export const isFinite: Check = Number.isFinite;
export const isFiniteOrNull: Check = (value) => value === null || isFinite(value);
export const isNumber: Check = (value) => typeof value === 'number' && !Number.isNaN(value);

const endReasons: readonly unknown[] = [
  'signed-out',
  'idle',
  'lifetime',
  'revoked',
  'token-refresh-failed',
  'signed-out-elsewhere',
] satisfies EndReason[];

export const isEndReason = (value: unknown): value is EndReason => endReasons.includes(value);

/** Copies the fields that `checks` names. Throws a `TypeError` if one of them is invalid. */
export function pick<Value extends object>(value: Value, checks: Checks<Value>): Value {
  return mapValues(checks as Record<string, Check>, (check, field) => {
    const found = value[field as keyof Value];
    if (check(found)) return found;
    throw new TypeError(field);
  }) as Value;
}
