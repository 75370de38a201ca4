import type { SessionClientOptions } from '../options.js';
import type { SessionEvent, SessionEventType } from '../snapshot.js';

type Handler = (event: SessionEvent) => unknown;

/** The listeners of a client: of its snapshot, and of its events. */
export interface Listeners {
  subscribe(listener: () => void): () => void;
  /** Calls the listeners of the snapshot. */
  notify(): void;
  on(type: SessionEventType, handler: Handler): () => void;
  /** Calls `handler` for every event. */
  onAny(handler: Handler): () => void;
  /** Calls the handlers of every event and those of this one. */
  emit(event: SessionEvent): void;
}

export function createListeners(onEvent: SessionClientOptions['onEvent']): Listeners {
  const listeners = new Set<() => void>();
  const handlers = new Set<Handler>(onEvent ? [onEvent] : []);
  return {
    subscribe: (listener) => add(listeners, () => listener()),
    notify() {
      for (const listener of [...listeners]) callSafely(listener, undefined);
    },
    on: (type, handler) => add(handlers, (event) => event.type === type && handler(event)),
    onAny: (handler) => add(handlers, (event) => handler(event)),
    emit(event) {
      for (const handler of [...handlers]) callSafely(handler, event);
    },
  };
}

/** Each subscription has a function of its own, `own`, so that one listener can subscribe twice. */
function add<Listener>(listeners: Set<Listener>, own: Listener): () => void {
  listeners.add(own);
  return () => listeners.delete(own);
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
