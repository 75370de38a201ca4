/** Makes the same request as often as it is needed. */
export interface Repeatable {
  (): Request;
  /** A stream can be read, and so sent, once. */
  readonly canRepeat: boolean;
}

export function repeatable(input: RequestInfo | URL, init?: RequestInit): Repeatable {
  const next = (): Request => new Request(input instanceof Request ? input.clone() : input, init);
  return Object.assign(next, { canRepeat: !(init?.body instanceof ReadableStream) });
}
