/** Ours first, so that a user's class of the same weight wins. */
export function classNames(...names: (string | undefined)[]): string {
  return names.filter(Boolean).join(' ');
}
