/** A request, and a function that creates it again; `null` if its body can be read only once. */
export interface Repeatable {
  readonly first: Request;
  readonly again: (() => Request) | null;
}

/** As `new Request(input, init)`, with copies: later changes of `input` and `init` have no effect. */
export function repeatable(input: RequestInfo | URL, init?: RequestInit): Repeatable {
  const own: RequestInit = {
    ...init,
    ...(init?.headers && { headers: new Headers(init.headers) }),
  };
  const { body } = own;
  if (body instanceof URLSearchParams) own.body = new URLSearchParams(body);
  // The first request consumes the body of `input`.
  const needsCopy = input instanceof Request && body == null && !/^(GET|HEAD)$/.test(input.method);
  const copy = needsCopy ? input.clone() : null;
  const first = new Request(input, own);
  const target = input instanceof Request ? input : first.url;
  const again = (): Request => new Request(copy?.clone() ?? target, own);
  return { first, again: canReadAgain(body) ? again : null };
}

/** Whether the body can be read more than once; a stream or an iterable cannot. */
function canReadAgain(body: BodyInit | null | undefined): boolean {
  if (body == null || typeof body === 'string' || ArrayBuffer.isView(body)) return true;
  return [ArrayBuffer, Blob, FormData, URLSearchParams].some((kind) => body instanceof kind);
}
