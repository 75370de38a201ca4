import { SessionError, type SessionErrorCode } from '../core/errors.js';

const values: Readonly<Record<string, unknown>> = {
  Infinity: Number.POSITIVE_INFINITY,
  '-Infinity': Number.NEGATIVE_INFINITY,
  NaN: Number.NaN,
  undefined,
};

/** Restores what JSON lacks: the values above, and errors. `errors`: those of the same log, by number. */
export function revive(json: unknown, errors: Map<unknown, Error> = new Map()): unknown {
  if (Array.isArray(json)) return json.map((item) => revive(item, errors));
  if (typeof json !== 'object' || json === null) return json;
  const fields = json as Readonly<Record<string, unknown>>;
  if ('$value' in fields) return values[String(fields['$value'])];
  if ('$error' in fields) return reviveError(fields, errors);
  const entries = Object.entries(fields).map(([key, field]) => [key, revive(field, errors)]);
  return Object.fromEntries(entries);
}

/** The same error for the same number: the model compares errors by identity. */
function reviveError(
  { $error, code, message, retryAfter }: Readonly<Record<string, unknown>>,
  errors: Map<unknown, Error>,
): Error {
  const known = errors.get($error);
  if (known) return known;
  const options = { retryAfter: retryAfter as number | undefined };
  const error =
    code === undefined
      ? new Error(String(message))
      : new SessionError(code as SessionErrorCode, String(message), options);
  errors.set($error, error);
  return error;
}
