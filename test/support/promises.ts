/** The value of `promise`, the code of its error, or `'pending'`. */
export function watch(promise: Promise<unknown>): { outcome: unknown } {
  const watched: { outcome: unknown } = { outcome: 'pending' };
  promise.then(
    (value) => {
      watched.outcome = value;
    },
    (error) => {
      watched.outcome = error?.code ?? error;
    },
  );
  return watched;
}

/** A promise that a test settles. */
export class Deferred<Answer = void> {
  resolve!: (answer: Answer) => void;
  reject!: (error: unknown) => void;
  readonly promise: Promise<Answer> = new Promise((resolve, reject) => {
    this.resolve = resolve;
    this.reject = reject;
  });
}

export const never = (): Promise<never> => new Promise(() => {});
