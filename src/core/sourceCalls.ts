import type { Environment } from './environment.js';
import { SessionError } from './errors.js';
import type { Instant, SessionSource, SourceContext } from './types.js';

export interface SourceCallsOptions {
  source: SessionSource;
  env: Environment;
  fetch: typeof fetch;
  now: () => Instant;
  /** How long the source may take (ms). */
  timeout: number;
}

/** How the source is called: with a context, a time limit, and a way to call it off. */
export class SourceCalls {
  readonly #options: SourceCallsOptions;

  constructor(options: SourceCallsOptions) {
    this.#options = options;
  }

  /** A call that no person is part of. Rejects with `ERR_TIMEOUT` when its time is over. */
  async ask<Answer>(
    call: (context: SourceContext) => Promise<Answer>,
    forceRefresh: boolean,
    signal?: AbortSignal,
  ): Promise<Answer> {
    const { env, source, timeout } = this.#options;
    const controller = new AbortController();
    const cancelTimer = env.setTimer(timeout, () => {
      controller.abort(
        new SessionError(
          'ERR_TIMEOUT',
          `The source "${source.name}" did not answer within ${timeout} ms. It is asked again; for a slower server raise refresh.timeout.`,
        ),
      );
    });
    const callOff = (): void => controller.abort(signal?.reason);
    signal?.addEventListener('abort', callOff);
    try {
      const answer = call(this.#context(controller.signal, forceRefresh));
      // A source that does not heed its signal must not hold us up.
      return await Promise.race([answer, aborted(controller.signal)]);
    } finally {
      cancelTimer();
      signal?.removeEventListener('abort', callOff);
      // Loosens what the race still holds, and tells a source that lost it to stop.
      controller.abort();
    }
  }

  /** A call that waits for a person, who takes the time that it takes. */
  askPerson(call: (context: SourceContext) => Promise<void>): Promise<void> {
    return call(this.#context(new AbortController().signal, true));
  }

  #context(signal: AbortSignal, forceRefresh: boolean): SourceContext {
    const { fetch, now } = this.#options;
    return { signal, forceRefresh, fetch, now };
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  const promise = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  promise.catch(() => {});
  return promise;
}
