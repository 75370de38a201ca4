/** A request, and how to make it again; `null` where its body can be read only once. */
export interface Repeatable {
  readonly first: Request;
  readonly again: (() => Request) | null;
}

/** As `new Request(input, init)`; what the caller does with either afterwards changes nothing. */
export function repeatable(input: RequestInfo | URL, init?: RequestInit): Repeatable {
  const own: RequestInit = {
    ...init,
    ...(init?.headers && { headers: new Headers(init.headers) }),
  };
  const { body } = own;
  if (body instanceof URLSearchParams) own.body = new URLSearchParams(body);
  // Its body is read by the first.
  const isToSpare = input instanceof Request && body == null && !/^(GET|HEAD)$/.test(input.method);
  const spare = isToSpare ? input.clone() : null;
  const first = new Request(input, own);
  const target = input instanceof Request ? input : first.url;
  const again = (): Request => new Request(spare?.clone() ?? target, own);
  return { first, again: isLasting(body) ? again : null };
}

/** What can be read as often as one likes; a stream and its like are gone after the first time. */
function isLasting(body: BodyInit | null | undefined): boolean {
  if (body == null || typeof body === 'string' || ArrayBuffer.isView(body)) return true;
  return [ArrayBuffer, Blob, FormData, URLSearchParams].some((kind) => body instanceof kind);
}
