/** Counts `start()` and `stop()`: calls back at the first start and after the last stop. */
export class StartCount {
  readonly #onChange: (isRunning: boolean) => void;
  #count = 0;
  #isRunning = false;

  constructor(onChange: (isRunning: boolean) => void) {
    this.#onChange = onChange;
  }

  change(by: 1 | -1): void {
    this.#count = Math.max(this.#count + by, 0);
    // A moment later, so that StrictMode's start, stop, start is one start.
    queueMicrotask(() => {
      if (this.#isRunning === this.#count > 0) return;
      this.#isRunning = !this.#isRunning;
      this.#onChange(this.#isRunning);
    });
  }
}
