/** The result of a call, and the text of all requests that it has sent with `fetch`: address, headers and body. */
export interface RecordedCall<Result> {
  readonly result: Result;
  readonly text: string;
}

export async function recordRequests<Result>(
  call: () => Promise<Result>,
): Promise<RecordedCall<Result>> {
  const platformFetch = globalThis.fetch;
  const texts: string[] = [];
  globalThis.fetch = async (input, init) => {
    texts.push(await readRequest(input, init));
    return platformFetch(input, init);
  };
  try {
    const result = await call();
    return { result, text: texts.join('\n') };
  } finally {
    globalThis.fetch = platformFetch;
  }
}

async function readRequest(...[input, init = {}]: Parameters<typeof fetch>): Promise<string> {
  const isRequest = input instanceof Request;
  const { body = null, headers = isRequest ? input.headers : {} } = init;
  // An address may be relative, which `Request` does not accept on a server.
  const sent = isRequest && !body ? input.clone() : new Response(body);
  const address = isRequest ? input.url : String(input);
  return `${address} ${JSON.stringify([...new Headers(headers)])} ${await sent.text()}`;
}
