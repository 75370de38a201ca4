/** What a route answers. `body` is sent as JSON. */
export interface RouteAnswer {
  status: number;
  body: object | null;
  setCookies?: readonly string[];
}

/** The part of a request that is used. */
export interface RouteRequest {
  cookies: ReadonlyMap<string, string>;
  searchParams: URLSearchParams;
}

/**
 * A `Request` of the App Router, the request of the Pages Router and Node, or `{ headers: await headers() }` in a
 * Server Component.
 */
export interface IncomingRequest {
  url?: string | undefined;
  headers: Pick<Headers, 'get'> | { cookie?: string | undefined };
}

/** The response of the Pages Router and of Node. */
export interface NodeResponse {
  statusCode: number;
  setHeader(name: string, value: string | readonly string[]): unknown;
  end(body: string): unknown;
}

/** A route of an app. Next.js checks the type of the last signature. */
export interface AuthJsHandler {
  /** In the Pages Router: sends the answer. */
  (request: IncomingRequest, response: NodeResponse): Promise<undefined>;
  /** In the App Router. */
  (request: Request): Promise<Response>;
}

const answerHeaders = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' };

export function readRequest({ headers, url = '/' }: IncomingRequest): RouteRequest {
  const cookieHeader = isHeaders(headers) ? headers.get('cookie') : headers.cookie;
  const { searchParams } = new URL(url, 'http://localhost');
  return { cookies: parseCookies(cookieHeader ?? ''), searchParams };
}

export function createHandler(
  answer: (request: RouteRequest) => Promise<RouteAnswer>,
): AuthJsHandler {
  const handle = async (
    request: IncomingRequest,
    second?: unknown,
  ): Promise<Response | undefined> => {
    const { status, body, setCookies = [] } = await answer(readRequest(request));
    const text = JSON.stringify(body);
    if (isNodeResponse(second)) return send(second, status, setCookies, text);
    const response = new Response(text, { status, headers: answerHeaders });
    for (const cookie of setCookies) response.headers.append('Set-Cookie', cookie);
    return response;
  };
  return handle as AuthJsHandler;
}

/** Next.js wraps the headers of a request, so `instanceof` may not be true. */
function isHeaders(headers: object): headers is Pick<Headers, 'get'> {
  return typeof (headers as Headers).get === 'function';
}

/** The second argument of a handler in the App Router has the route's parameters. */
function isNodeResponse(value: unknown): value is NodeResponse {
  return typeof (value as NodeResponse | undefined)?.setHeader === 'function';
}

function send(
  response: NodeResponse,
  status: number,
  setCookies: readonly string[],
  body: string,
): undefined {
  response.statusCode = status;
  const headers = { ...answerHeaders, 'Set-Cookie': setCookies };
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.end(body);
}

function parseCookies(header: string): ReadonlyMap<string, string> {
  const pairs = header.split(/; */).map((pair) => {
    const at = pair.indexOf('=');
    return [pair.slice(0, at), pair.slice(at + 1)] as const;
  });
  return new Map(pairs);
}
