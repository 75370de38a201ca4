import type { ServerResponse } from 'node:http';
import type { Situation } from 'session-clock/testing';

/** Answers as the situation says; `regular` is the answer of a server without a fault. */
export function respond(
  response: ServerResponse,
  situation: Situation,
  regular: () => readonly [status: number, body?: unknown],
): void {
  const send = (status: number, body: string, type = 'application/json'): void => {
    response.writeHead(status, { 'Content-Type': type }).end(body);
  };
  switch (situation) {
    case 'unreachable':
      return void response.destroy();
    case 'hanging':
      return;
    case 'HTTP 429':
      return send(429, '');
    case 'HTTP 500 with HTML':
      return send(500, '<html>Sorry</html>', 'text/html');
    case 'HTML':
      return send(200, '<html>Welcome</html>', 'text/html');
    case 'an empty body':
      return send(200, '');
    case 'a body of 5 MB':
      return send(200, JSON.stringify({ filler: 'x'.repeat(5_000_000) }));
    default: {
      const [status, body] = regular();
      send(status, body === undefined ? '' : JSON.stringify(body));
    }
  }
}
