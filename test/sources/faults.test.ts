import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { browserEnvironment } from '../../src/core/environment.js';
import { createSessionClient } from '../../src/core/shell/createSessionClient.js';
import type { SessionClient } from '../../src/core/shell/sessionClient.js';
import { hybrid, rolling, type SessionSource } from '../../src/index.js';
import { type Fault, faults } from '../../src/sources/faults.js';
import { readJson } from '../../src/sources/http.js';

const tokenLife = 2_000;
const html = '<html>Welcome. Pay first.</html>';

type Answer = (response: ServerResponse) => void;

function page(status: number, body = '', headers: Record<string, string> = {}): Answer {
  return (response) => {
    response.writeHead(status, headers);
    response.end(body);
  };
}

function json(status: number, body: unknown): Answer {
  return page(status, JSON.stringify(body), { 'Content-Type': 'application/json' });
}

/** The server's answer for each fault of a server; the other faults are the network's. */
const answers: Record<string, Answer> = {
  'no answer at all': () => {},
  'an answer slower than refresh.timeout': (response) =>
    void setTimeout(() => json(200, { access_token: 'late', expires_in: 60 })(response), 600),
  'connection closed in the middle of the body': (response) => {
    response.writeHead(200, { 'Content-Length': '100' });
    response.write('{"access');
    setTimeout(() => response.destroy(), 20);
  },
  '408': page(408),
  '429': page(429),
  '429, Retry-After in seconds': page(429, '', { 'Retry-After': '2' }),
  '429, Retry-After as a date': (response) => {
    const date = Math.floor(Date.now() / 1_000) * 1_000;
    const headers = { Date: utc(date), 'Retry-After': utc(date + 2_000) };
    page(429, '', headers)(response);
  },
  '500': page(500),
  '502 with HTML': page(502, html),
  '503': page(503),
  'a captive portal: 200 with HTML': page(200, html),
  'a proxy: 403 with HTML': page(403, html),
  'an empty body': page(200),
  'wrong types': json(200, { access_token: 7, expires_in: 'soon' }),
  'broken JSON': page(200, '{"access_token": "secr'),
  temporarily_unavailable: json(503, { error: 'temporarily_unavailable' }),
  invalid_client: json(401, { error: 'invalid_client' }),
  invalid_grant: json(400, { error: 'invalid_grant' }),
  interaction_required: json(400, { error: 'interaction_required' }),
};

function utc(ms: number): string {
  return new Date(ms).toUTCString();
}

/** A token endpoint on a real HTTP server, and a client that refreshes its token there. */
class Scene {
  readonly server: Server;
  readonly client: SessionClient;
  fault: Fault | null = null;
  /** The times of the token requests (epoch ms). */
  requestTimes: number[] = [];
  #issuedTokens = 0;
  #address = '';

  constructor(policy = rolling({ idle: '1h' })) {
    this.server = createServer((_request, response) => this.#answer(response));
    // Without chance, the back-off is one second and the refresh is at the start of the window.
    const platform = { ...browserEnvironment(), random: () => 0 };
    const env = { ...platform, isOnline: () => this.fault?.name !== 'offline' };
    const refresh = { timeout: 400, maxWait: 1 } as const;
    this.client = createSessionClient({ source: this.#source(), policy, refresh }, env);
  }

  async open(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.#address = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    this.client.start();
    await this.client.getAccessToken();
    this.client.retainAccessToken();
  }

  close(): void {
    this.client.stop();
    this.server.closeAllConnections();
    this.server.close();
  }

  #source(): SessionSource {
    return {
      name: 'http',
      getSession: async () => ({ user: { sub: 'ada' } }),
      login: async () => {},
      getAccessToken: async (_request, { fetch, signal, now }) => {
        this.requestTimes.push(Date.now());
        const body = await readJson(await fetch(this.#target(), { method: 'POST', signal }));
        return {
          value: body['access_token'] as string,
          expiresAt: now() + (body['expires_in'] as number) * 1_000,
        };
      },
    };
  }

  #target(): string {
    if (this.fault?.name === 'connection refused' || this.fault?.name === 'offline') {
      return 'http://127.0.0.1:9';
    }
    return this.fault?.name === 'unknown host' ? 'http://nowhere.invalid' : this.#address;
  }

  #answer(response: ServerResponse): void {
    const faulty = this.fault && answers[this.fault.name];
    const good = { access_token: `secret-${this.#issuedTokens++}`, expires_in: tokenLife / 1_000 };
    (faulty ?? json(200, good))(response);
  }
}

async function until(condition: () => boolean, ms: number): Promise<void> {
  const end = Date.now() + ms;
  while (!condition() && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(condition()).toBe(true);
}

describe.concurrent('keeps the session and behaves as documented after the fault', () => {
  it.each(faults)('$name', async (fault) => {
    const scene = new Scene();
    const { client } = scene;
    await scene.open();
    try {
      scene.fault = fault;
      const error = await client
        .getAccessToken({ forceRefresh: true, onExpired: 'throw' })
        .catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ name: 'SessionError', code: fault.code });
      expect(client.getSnapshot()).toMatchObject({
        status: 'active',
        connection: fault.connection,
        accessToken: { status: 'fresh', error: { code: fault.code } },
      });
      await expectRetry(scene, fault);
      const { statusAfterExpiry } = fault;
      await until(
        () => client.getSnapshot().accessToken.status === statusAfterExpiry,
        tokenLife + 1_500,
      );
      expect(client.getSnapshot().status).toBe('active');
      await expectRecovery(scene, fault);
    } finally {
      scene.close();
    }
  });

  async function expectRetry(scene: Scene, { retry }: Fault): Promise<void> {
    const failedAt = Date.now();
    const count = scene.requestTimes.length;
    if (retry === 'after a sign-in' || retry === 'when online') {
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      expect(scene.requestTimes.length).toBe(count);
      return;
    }
    await until(() => scene.requestTimes.length > count, 3_500);
    const waited = (scene.requestTimes[count] ?? 0) - failedAt;
    expect(waited).toBeGreaterThan(retry === 'after Retry-After' ? 1_500 : 700);
  }

  async function expectRecovery(scene: Scene, { recovery, name }: Fault): Promise<void> {
    const { client } = scene;
    scene.fault = null;
    if (recovery === 'the user signs in') await client.login();
    if (name === 'offline') client.getAccessToken().catch(() => {});
    await until(() => client.getSnapshot().accessToken.status === 'fresh', 4_000);
    expect(client.getSnapshot()).toMatchObject({ status: 'active', connection: 'online' });
  }

  it.each(faults.filter(({ recovery }) => recovery === 'the user signs in'))(
    '$name ends a session under hybrid after the last token has expired',
    async (fault) => {
      const scene = new Scene(hybrid());
      await scene.open();
      try {
        scene.fault = fault;
        await until(() => scene.client.getSnapshot().status === 'expired', 4_000);
        expect(scene.client.getSnapshot().reason).toBe('token-refresh-failed');
      } finally {
        scene.close();
      }
    },
  );
});

it('documents every fault in docs/faults.md', async () => {
  const rows = faults.map(({ name, code, connection, statusAfterExpiry, retry, recovery }) =>
    [name, `\`${code}\``, `\`${connection}\``, `\`${statusAfterExpiry}\``, retry, recovery].join(
      ' | ',
    ),
  );
  await expect(`# Faults and their effects

This table shows the effects of a failed token request. In every row the session stays \`active\`, and the current token stays \`fresh\` until it expires. Under \`hybrid\` and \`absolute({ lifetime: 'access-token' })\`, an error that only a sign-in resolves also ends the session, with the reason \`token-refresh-failed\`, after the last token has expired.

Each row is a test against a real HTTP server with that fault (\`test/sources/faults.test.ts\`). This page is generated from the table that the test reads (\`src/sources/faults.ts\`).

| fault | \`error.code\` | \`connection\` | token status after expiry | request repeated | resolved when |
| --- | --- | --- | --- | --- | --- |
${rows.map((row) => `| ${row} |`).join('\n')}
`).toMatchFileSnapshot('../../docs/faults.md');
});
