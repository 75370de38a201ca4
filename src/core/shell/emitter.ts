import type { SessionEvent, SessionEventType } from '../snapshot.js';

type Handler = (event: SessionEvent) => void;

/** The handlers of each event. */
export class Emitter {
  readonly #handlers = new Map<SessionEventType, Set<Handler>>();

  on(type: SessionEventType, handler: Handler): () => void {
    const handlers = this.#handlers.get(type) ?? new Set();
    this.#handlers.set(type, handlers.add(handler));
    return () => handlers.delete(handler);
  }

  emit(event: SessionEvent): void {
    for (const handler of [...(this.#handlers.get(event.type) ?? [])]) callSafely(handler, event);
  }
}

/** An error of a listener must not stop the client, and must not go unnoticed: it is thrown a moment later. */
export function callSafely<Argument>(
  listener: (argument: Argument) => void,
  argument: Argument,
): void {
  try {
    listener(argument);
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
