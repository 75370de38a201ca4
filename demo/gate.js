// @ts-check

/**
 * A handler that can be made to hang: what comes meanwhile waits, unread, until the gate is opened
 * again. Whoever has given up by then is not served any more.
 * @param {import('node:http').RequestListener} handler
 */
export function createGate(handler) {
  let open = true;
  /** @type {(() => void)[]} */
  let waiting = [];
  return {
    /** @type {import('node:http').RequestListener} */
    handle(request, response) {
      const serve = () => {
        if (!response.destroyed) handler(request, response);
      };
      if (open) serve();
      else waiting.push(serve);
    },
    close() {
      open = false;
    },
    open() {
      open = true;
      for (const serve of waiting.splice(0)) serve();
    },
  };
}
