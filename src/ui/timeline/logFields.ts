/** A part of the log, whose fields are not checked. */
export type Fields = Readonly<Record<string, unknown>>;

export function fieldsOf(value: unknown): Fields {
  return Object(value) as Fields;
}

/** A number of the log: what JSON lacks, such as `Infinity`, is an object there. */
export function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
