// @ts-check

/**
 * A handler that can be made to hang: what comes meanwhile waits, unread, until the gate is opened
 * again. Whoever has given up by then is not served any more.
 * @param {import('node:http').RequestListener} handler
 */
export function createGate(handler) {
  let open = true;
  /** @type {{ serve(): void, drop(): void }[]} */
  const waiting = [];
  let served = 0;
  return {
    /** How many requests are being served. */
    get served() {
      return served;
    },
    /** @type {import('node:http').RequestListener} */
    handle(request, response) {
      const serve = () => {
        if (request.socket.destroyed || response.destroyed) return;
        served++;
        response.once('close', () => {
          served--;
        });
        handler(request, response);
      };
      if (open) serve();
      else waiting.push({ serve, drop: () => request.socket.destroy() });
    },
    close() {
      open = false;
    },
    open() {
      open = true;
      for (const { serve } of waiting.splice(0)) serve();
    },
    /** Cuts off what waits, unread. */
    drop() {
      for (const { drop } of waiting.splice(0)) drop();
    },
  };
}
