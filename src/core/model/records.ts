/** A record with the same keys and the mapped values. */
export function mapValues<Value, Result>(
  record: Readonly<Record<string, Value>>,
  map: (value: Value, key: string) => Result,
): Record<string, Result> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)]));
}

/** The values that are kept, with their keys; the same record if that is all of them. */
export function filterValues<Value>(
  record: Readonly<Record<string, Value>>,
  isKept: (value: Value, key: string, index: number) => boolean,
): Readonly<Record<string, Value>> {
  const entries = Object.entries(record);
  const kept = entries.filter(([key, value], index) => isKept(value, key, index));
  return kept.length === entries.length ? record : Object.fromEntries(kept);
}
