/** Throws a `TypeError` unless each is an origin; the page's own where none is given. */
export function readOrigins(origins: readonly string[] | undefined): readonly string[] {
  for (const origin of origins ?? []) {
    if (isOrigin(origin)) continue;
    throw new TypeError(
      `createAuthFetch() cannot send tokens to ${JSON.stringify(origin)}, which is not an origin. Write it as "https://api.example.com", without a path or a slash at its end.`,
    );
  }
  return origins ?? [globalThis.location?.origin].filter((own) => own !== undefined);
}

/** Throws a `TypeError` where a token may not go, or cannot. */
export function checkRequest({ mode, url }: Request, origins: readonly string[]): void {
  const { origin } = new URL(url);
  if (!origins.includes(origin)) {
    throw new TypeError(
      `This fetch sends its token to ${origins.join(', ') || 'nobody'}, not to ${origin}. Add it to the origins of createAuthFetch(), or use the platform's fetch.`,
    );
  }
  if (mode === 'no-cors') {
    throw new TypeError('A request with mode: "no-cors" bears no token. Leave the mode out.');
  }
}

/** Whether it comes from where the token was sent, and not from where a redirect led. */
export function isFromHere({ url }: Response, origins: readonly string[]): boolean {
  return url === '' || origins.includes(new URL(url).origin);
}

function isOrigin(text: string): boolean {
  try {
    return new URL(text).origin === text;
  } catch {
    return false;
  }
}
