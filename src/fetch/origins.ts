/** Throws a `TypeError` for an invalid origin. Default: the page's own origin. */
export function readOrigins(origins: readonly string[] | undefined): readonly string[] {
  for (const origin of origins ?? []) {
    if (isOrigin(origin)) continue;
    throw new TypeError(
      `createAuthFetch() cannot send tokens to ${JSON.stringify(origin)}, which is not an origin. Write it as "https://api.example.com", without a path or a trailing slash.`,
    );
  }
  return origins ?? [globalThis.location?.origin].filter((own) => own !== undefined);
}

/** Throws a `TypeError` if a token may not or cannot be sent with the request. */
export function checkRequest({ mode, url }: Request, origins: readonly string[]): void {
  const { origin } = new URL(url);
  if (!origins.includes(origin)) {
    throw new TypeError(
      `This fetch may send its token to ${origins.join(', ') || 'no origin'}, but not to ${origin}. Add it to the origins of createAuthFetch(), or use the platform's fetch.`,
    );
  }
  if (mode === 'no-cors') {
    throw new TypeError(
      'A request with mode: "no-cors" cannot carry a token. Remove the mode option.',
    );
  }
}

/** Whether the response comes from one of `origins`, and not from another one after a redirect. */
export function isFromOrigins({ url }: Response, origins: readonly string[]): boolean {
  return url === '' || origins.includes(new URL(url).origin);
}

function isOrigin(text: string): boolean {
  try {
    return new URL(text).origin === text;
  } catch {
    return false;
  }
}
