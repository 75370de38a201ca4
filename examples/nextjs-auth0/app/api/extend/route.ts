/** Nothing to say: that the proxy saw the request has rolled the session's cookie. */
export function GET(): Response {
  return new Response(null, { status: 204, headers: { 'Cache-Control': 'no-store' } });
}
