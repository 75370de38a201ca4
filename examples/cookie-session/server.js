// @ts-check
import { createServer } from 'node:http';
import {
  endAllSessions,
  endSession,
  extendSession,
  findSession,
  startSession,
} from './sessions.js';

/**
 * Starts the server of the app; `serveApp` answers what is no route of it.
 * @param {number} port 0: any free port
 * @param {import('node:http').RequestListener} serveApp
 */
export async function startServer(port, serveApp) {
  const server = createServer((request, response) => {
    route(request, response, serveApp).catch(() => response.writeHead(500).end());
  });
  await /** @type {Promise<void>} */ (
    new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    })
  );
  return server;
}

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 * @param {import('node:http').RequestListener} serveApp
 */
async function route(request, response, serveApp) {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
  const cookies = readCookies(request.headers.cookie);
  const session = findSession(cookies['session']);
  switch (`${request.method} ${pathname}`) {
    case 'GET /login':
      return sendPage(response, searchParams.get('next') ?? '/');
    case 'POST /login':
      return signIn(response, await readForm(request));
    case 'GET /signed-in':
      return void response.end('You are signed in.');
    case 'GET /api/me':
      return session ? sendUser(response, session) : void response.writeHead(401).end();
    case 'POST /end-all-sessions':
      endAllSessions();
      return void response.writeHead(204).end();
    case 'POST /api/keep-alive':
    case 'POST /logout':
      if (!session) return void response.writeHead(401).end();
      if (request.headers['x-csrf-token'] !== session.csrf)
        return void response.writeHead(403).end();
      if (pathname === '/logout') endSession(session);
      else extendSession(session);
      return void response.writeHead(204).end();
    default:
      return serveApp(request, response);
  }
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {import('./sessions.js').StoredSession} session
 */
function sendUser(response, { user, startedAt, idleEndsAt, endsAt }) {
  response.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.end(JSON.stringify({ user, startedAt, idleEndsAt, endsAt }));
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {Record<string, string>} fields
 */
function signIn(response, { name = 'Ada', next = '/' }) {
  const { id, csrf } = startSession(name);
  const cookies = [
    `session=${id}; Path=/; HttpOnly; SameSite=Lax`,
    `csrf=${csrf}; Path=/; SameSite=Lax`,
  ];
  // Only a path of this origin: anything else would be an open redirect.
  const target = /^\/(?![/\\])/.test(next) ? next : '/';
  response.writeHead(303, { 'Set-Cookie': cookies, Location: encodeURI(decodeURI(target)) }).end();
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {string} next
 */
function sendPage(response, next) {
  const value = next.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' });
  response.end(`<!doctype html><html lang="en"><title>Sign in</title>
<h1>Sign in</h1>
<form method="post" action="/login"><input type="hidden" name="next" value="${value}">
<button name="name" value="Ada">Continue as Ada</button> <button name="name" value="Grace">Continue as Grace</button></form>`);
}

/** @param {import('node:http').IncomingMessage} request */
async function readForm(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString()));
}

/** @param {string | undefined} text */
function readCookies(text = '') {
  return Object.fromEntries(text.split('; ').map((each) => each.split('=')));
}
