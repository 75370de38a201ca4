/** Needs no work of its own: the proxy has extended the session's cookie for this request. */
export function GET(): Response {
  return new Response(null, { status: 204, headers: { 'Cache-Control': 'no-store' } });
}
