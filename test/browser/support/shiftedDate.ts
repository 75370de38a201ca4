/**
 * Replaces `Date` by one that is ahead of the true time (ms). Runs in a page, as a script of its own, or in
 * this process, whose provider then has the same time as the page.
 */
export function shiftDate(ahead: number): void {
  const scope = globalThis as typeof globalThis & { TrueDate?: DateConstructor };
  const TrueDate = (scope.TrueDate ??= Date);
  const now = (): number => TrueDate.now() + ahead;
  scope.Date = new Proxy(TrueDate, {
    construct: (_target, args: []) =>
      args.length > 0 ? new TrueDate(...args) : new TrueDate(now()),
    get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
  });
}

export const minute = 60_000;
export const hour: number = 60 * minute;
