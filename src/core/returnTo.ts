import { invalidOption } from './invalidOption.js';

/** Browsers remove tabs and line breaks from a URL and read `\` as `/`, so `/\t/host` is another origin. */
const pathOfThisOrigin = /^\/(?![/\\])[^\\\p{Cc}]*$/u;

/** Throws a `TypeError` unless `returnTo` is a path of this origin or `undefined`. It prevents open redirects. */
export function checkReturnTo(returnTo: unknown): void {
  if (returnTo === undefined) return;
  if (typeof returnTo === 'string' && pathOfThisOrigin.test(returnTo)) return;
  throw invalidOption(
    'returnTo',
    returnTo,
    'Use a path of this origin that begins with one "/", for example "/reports?page=2".',
  );
}
