// @ts-nocheck
// Counts the timers and the listeners of a page. Loaded before all other scripts.
window.counters = { timers: 0, listeners: {} };

for (const name of ['setTimeout', 'setInterval']) {
  const set = window[name];
  window[name] = (callback, delay, ...values) =>
    set(() => {
      window.counters.timers++;
      callback(...values);
    }, delay);
}

const listen = EventTarget.prototype.addEventListener;
EventTarget.prototype.addEventListener = function (type, ...others) {
  // `this` is undefined for a call without a target, as in `addEventListener('focus', …)`.
  const target = this ?? window;
  if (target === window || target === document) {
    window.counters.listeners[type] = (window.counters.listeners[type] ?? 0) + 1;
  }
  return listen.call(target, type, ...others);
};
