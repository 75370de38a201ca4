import type { SessionEvent, SessionEventType } from './snapshot.js';

type Handler = (event: SessionEvent) => void;

/** Who wants to hear of which event. */
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

/** A listener that throws is its owner's bug: it must not stop ours, nor go unheard. */
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
