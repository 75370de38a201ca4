import { existsSync } from 'node:fs';
import type {
  AccessTokenRequest,
  LoginContext,
  Session,
  SessionSource,
} from '../../../src/index.js';
import { describeSource } from '../../../src/testing/index.js';
import { type PageRecord, withFakePage } from './fakePage.ts';
import type { Specimen } from './specimens.ts';

/** One row of the table: the cells by the titles of the columns. */
export type Row = Readonly<Record<string, string>>;

/** Reads what a source can do by calling it with a fake SDK, a fake server and a fake page. */
export function readRow(specimen: Specimen): Promise<Row> {
  return withFakePage(async (page) => {
    const source = specimen.create();
    const call = createContext(specimen);
    const session = await source.getSession(call());
    return {
      source: `[\`${specimen.name}\`](${specimen.page})`,
      session: fieldsOf(session, ['startedAt', 'authenticatedAt']),
      'session end': fieldsOf(session, ['expiresAt', 'idleExpiresAt']),
      token: mark(source.getAccessToken),
      'audience, scope': mark(await canSelect(source, call())),
      'silent refresh': mark(await canRefresh(source, call)),
      'pop-up': mark((await login(source, 'popup', page, call())).opened),
      redirect: mark((await login(source, 'redirect', page, call())).visited),
      'sign-out': await readSignOut(source, page, call()),
      extend: mark(source.extend),
      events: mark(source.subscribe),
      'user and tokens in': specimen.memory,
      'contract suite': readContract(specimen),
      'driven in Chromium': link(specimen.driven),
    };
  });
}

type CreateContext = (forceRefresh?: boolean) => LoginContext;

function createContext({ answer }: Specimen): CreateContext {
  return (forceRefresh = false) => ({
    signal: AbortSignal.timeout(100),
    forceRefresh,
    fetch: async (path) => Response.json(answer?.(String(path)) ?? null),
    now: () => Date.now(),
    whenQuiet: (work) => work(),
  });
}

function mark(isSupported: unknown): string {
  return isSupported ? '✓' : '–';
}

function fieldsOf(session: Session | null, names: readonly (keyof Session)[]): string {
  const stated = names.filter((name) => session?.[name] !== undefined);
  return stated.map((name) => `\`${name}\``).join(', ') || '–';
}

async function canSelect(source: SessionSource, context: LoginContext): Promise<boolean> {
  const request: AccessTokenRequest = { audience: 'https://api.test', scope: 'read' };
  const token = await source.getAccessToken?.(request, context).catch(() => null);
  return token !== null && token !== undefined;
}

async function canRefresh(source: SessionSource, call: CreateContext): Promise<boolean> {
  const first = await source.getAccessToken?.({}, call(true));
  const second = await source.getAccessToken?.({}, call(true));
  return first?.value !== second?.value;
}

/** Starts a sign-in, and returns whether it has opened a window or left the page. */
async function login(
  source: SessionSource,
  display: 'popup' | 'redirect',
  page: PageRecord,
  context: LoginContext,
): Promise<{ opened: boolean; visited: boolean }> {
  const [windows, pages] = [page.opened.length, page.visited.length];
  await source.login?.({ display }, context).catch(() => {});
  return { opened: page.opened.length > windows, visited: page.visited.length > pages };
}

async function readSignOut(
  source: SessionSource,
  page: PageRecord,
  context: LoginContext,
): Promise<string> {
  if (!source.logout) return '–';
  const pages = page.visited.length;
  await source.logout({}, context);
  return page.visited.length > pages ? 'leaves the page' : 'a request';
}

function readContract({ contract, limitations }: Specimen): string {
  let rules = 0;
  const count = { describe: (_name: string, body: () => void) => body(), it: () => rules++ };
  describeSource('', () => Promise.reject(new Error('It is not run.')), count);
  const except = limitations.length > 0 ? `, except: ${limitations.join(', ')}` : '';
  return `${link(contract, `${rules} rules`)}${except}`;
}

/** Links to a test; throws if it does not exist. */
function link(file: string, text = '✓'): string {
  if (!existsSync(new URL(`../../${file}`, import.meta.url))) {
    throw new Error(`test/${file} does not exist. Has it been renamed?`);
  }
  return `[${text}](../../test/${file})`;
}
