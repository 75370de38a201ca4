/** Counts who has started it; begins with the first and halts after the last. */
export class Lifecycle {
  readonly #begin: () => void;
  readonly #halt: () => void;
  #starts = 0;
  #stops = 0;
  #running = false;

  constructor(begin: () => void, halt: () => void) {
    this.#begin = begin;
    this.#halt = halt;
  }

  get running(): boolean {
    return this.#running;
  }

  /** How often it has halted. */
  get stops(): number {
    return this.#stops;
  }

  start(): void {
    this.#count(1);
  }

  stop(): void {
    this.#count(-1);
  }

  #count(by: 1 | -1): void {
    this.#starts = Math.max(this.#starts + by, 0);
    // A moment later, so that StrictMode's start, stop, start is one start.
    queueMicrotask(() => this.#settle());
  }

  #settle(): void {
    const wanted = this.#starts > 0;
    if (wanted === this.#running) return;
    this.#running = wanted;
    if (wanted) return this.#begin();
    this.#stops++;
    this.#halt();
  }
}
