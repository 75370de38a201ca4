// @ts-check

/**
 * A handler that can be paused: requests wait, unread, until it resumes. A request whose client has
 * disconnected meanwhile is dropped.
 * @param {import('node:http').RequestListener} handler
 */
export function createPausable(handler) {
  let isPaused = false;
  /** @type {{ serve(): void, drop(): void }[]} */
  const waiting = [];
  let running = 0;
  return {
    /** The number of requests that are not answered yet, without the waiting ones. */
    get running() {
      return running;
    },
    /** @type {import('node:http').RequestListener} */
    handle(request, response) {
      const serve = () => {
        if (request.socket.destroyed || response.destroyed) return;
        running++;
        response.once('close', () => {
          running--;
        });
        handler(request, response);
      };
      if (isPaused) waiting.push({ serve, drop: () => request.socket.destroy() });
      else serve();
    },
    pause() {
      isPaused = true;
    },
    resume() {
      isPaused = false;
      for (const { serve } of waiting.splice(0)) serve();
    },
    /** Closes the connections of the waiting requests, which the handler has not seen. */
    dropWaiting() {
      for (const { drop } of waiting.splice(0)) drop();
    },
  };
}
