/** Browsers drop tabs and line breaks from a URL and read `\` as `/`: `/\t/host` leaves the origin. */
const pathOfThisOrigin = /^\/(?![/\\])[^\\\p{Cc}]*$/u;

/** Throws a `TypeError` unless `returnTo` is a path of this origin; an open redirect starts here. */
export function checkReturnTo(returnTo: unknown): void {
  if (returnTo === undefined) return;
  if (typeof returnTo === 'string' && pathOfThisOrigin.test(returnTo)) return;
  throw new TypeError(
    `returnTo is ${JSON.stringify(returnTo)}. Use a path of this origin that begins with one "/", say "/reports?page=2".`,
  );
}
