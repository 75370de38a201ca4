import { invalidOption } from '../core/invalidOption.js';
import type { SourceContext } from '../core/sessionSource.js';
import { readCookie } from './cookies.js';

/** The header that the server expects with a POST, and where the page finds its value. */
export type CsrfOptions = {
  /** The name of the header, for example `X-CSRFToken` (Django) or `X-XSRF-TOKEN` (Laravel, Spring). */
  header: string;
} & (
  | {
      /** The name of a cookie that scripts can read. */
      cookie: string;
    }
  | {
      /** The name of a `<meta name content>` element of the page. */
      meta: string;
    }
  | {
      /** Returns the token, for example from a request. */
      token: (context: SourceContext) => Promise<string> | string;
    }
);

/** Throws a `TypeError` unless there is a header and a place to read its value. */
export function checkCsrf(csrf: CsrfOptions | undefined): void {
  if (csrf === undefined) return;
  if (csrf?.header && ('cookie' in csrf || 'meta' in csrf || 'token' in csrf)) return;
  throw invalidOption('csrf', csrf, 'Pass a header and one of cookie, meta or token.');
}

/** The header with the current token. Without a token, the server decides. */
export async function csrfHeaders(
  csrf: CsrfOptions | undefined,
  context: SourceContext,
): Promise<Record<string, string>> {
  const token = csrf && (await readToken(csrf, context));
  return csrf && token ? { [csrf.header]: token } : {};
}

function readToken(
  csrf: CsrfOptions,
  context: SourceContext,
): Promise<string> | string | undefined {
  if ('token' in csrf) return csrf.token(context);
  if ('cookie' in csrf) return readCookie(csrf.cookie);
  return document.querySelector<HTMLMetaElement>(`meta[name="${csrf.meta}"]`)?.content;
}
