/** A critical action: only the protected API decides, by the token. */
export async function POST(request: Request): Promise<Response> {
  const authorization = request.headers.get('Authorization') ?? '';
  const { status } = await fetch(`${process.env.API_URL}/notes`, { headers: { authorization } });
  return Response.json({ status }, { status, headers: { 'Cache-Control': 'no-store' } });
}
