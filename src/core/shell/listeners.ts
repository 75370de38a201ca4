import type { SessionClientOptions } from '../options.js';
import type { SessionEvent, SessionEventType } from '../snapshot.js';

type Handler = (event: SessionEvent) => void;

/** The listeners of a client: of its snapshot, and of its events. */
export interface Listeners {
  subscribe(listener: () => void): () => void;
  /** Calls the listeners of the snapshot. */
  notify(): void;
  on(type: SessionEventType, handler: Handler): () => void;
  /** Calls `handler` for every event. */
  onAny(handler: Handler): () => void;
  /** Calls the handlers of every event, then those of this one. */
  emit(event: SessionEvent): void;
}

export function createListeners(onEvent: SessionClientOptions['onEvent']): Listeners {
  const listeners = new Set<() => void>();
  const handlers = new Map<SessionEventType, Set<Handler>>();
  const handlersOfAll = new Set(onEvent ? [onEvent] : []);
  // Each subscription has a function of its own, so that one listener can subscribe twice.
  return {
    subscribe(listener) {
      const own = (): void => listener();
      listeners.add(own);
      return () => listeners.delete(own);
    },
    notify() {
      for (const listener of [...listeners]) callSafely(listener, undefined);
    },
    on(type, handler) {
      const ofType = handlers.get(type) ?? new Set();
      const own: Handler = (event) => handler(event);
      handlers.set(type, ofType.add(own));
      return () => ofType.delete(own);
    },
    onAny(handler) {
      handlersOfAll.add(handler);
      return () => handlersOfAll.delete(handler);
    },
    emit(event) {
      const all = [...handlersOfAll, ...(handlers.get(event.type) ?? [])];
      for (const handler of all) callSafely(handler, event);
    },
  };
}

/** Calls `listener`. An error does not stop the client; it is thrown in a microtask, so that it is reported. */
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
