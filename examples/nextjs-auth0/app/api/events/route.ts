import { auth0 } from '../../../lib/auth0';
import { onSessionRevoked } from '../../../lib/sessions';

/** Informs the page, by server-sent events, when the provider has ended its session. */
export async function GET(request: Request): Promise<Response> {
  const session = await auth0.getSession();
  if (!session) return new Response(null, { status: 204 });
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(encoder.encode(': listening\n\n'));
      const stop = onSessionRevoked(session.internal.sid, () => {
        controller.enqueue(encoder.encode('event: revoked\ndata:\n\n'));
      });
      request.signal.addEventListener('abort', () => {
        stop();
        controller.close();
      });
    },
  });
  const headers = { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' };
  return new Response(body, { headers });
}
