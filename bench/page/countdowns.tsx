import { type ReactNode, useSyncExternalStore } from 'react';
import { createRoot } from 'react-dom/client';
import { createSessionClient, rolling, SessionProvider, type SessionSource } from 'session-clock';
import { SessionCountdown } from 'session-clock/ui';

/** What the driver reads of the page. */
export interface Countdowns {
  /** Timers that are set and have neither fired nor been cleared, by their delay (ms). */
  pending(): number[];
  /** The number of timers that were set since the page was loaded. */
  timersSet(): number;
  /** Observes the page for `ms`. Resolves with the number of texts that changed. */
  observe(ms: number): Promise<number>;
  text(): string | null | undefined;
}

declare global {
  interface Window {
    countdowns: Countdowns;
  }
}

const idle = 15 * 60_000;
let timersSet = 0;
const pending = recordTimers();

/** The least that an app would write: one interval that all components share. */
const listeners = new Set<() => void>();
const endsAt = Date.now() + idle;
let secondsLeft = idle / 1_000;

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    setInterval(() => {
      secondsLeft = Math.ceil((endsAt - Date.now()) / 1_000);
      for (const each of listeners) each();
    }, 1_000);
  }
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function SharedTicker(): ReactNode {
  const left = useSyncExternalStore(subscribe, () => secondsLeft);
  const text = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
  return (
    <span role="timer" aria-live="off" aria-label="Time left in this session">
      {text}
    </span>
  );
}

const source: SessionSource = {
  name: 'in-page',
  getSession: async () => ({ user: { sub: 'ada' } }),
};
const client = createSessionClient({ source, policy: rolling({ idle }) });

function Page(): ReactNode {
  const kind = new URLSearchParams(location.search).get('kind');
  const indices = Array.from({ length: 1_000 }, (_, index) => index);
  return kind === 'session-clock' ? (
    <SessionProvider client={client}>
      {indices.map((index) => (
        <SessionCountdown key={index} />
      ))}
    </SessionProvider>
  ) : (
    indices.map((index) => <SharedTicker key={index} />)
  );
}

const app = document.getElementById('app') as HTMLElement;
createRoot(app).render(<Page />);
window.countdowns = {
  timersSet: () => timersSet,
  observe: async (ms) => {
    let changes = 0;
    const observer = new MutationObserver((records) => (changes += records.length));
    observer.observe(app, { subtree: true, characterData: true, childList: true });
    await new Promise((resolve) => setTimeout(resolve, ms));
    observer.disconnect();
    return changes;
  },
  pending: () => [...pending.values()],
  text: () => app.lastElementChild?.textContent,
};

/** Replaces the timers of the page by ones that are counted. */
function recordTimers(): Map<number, number> {
  const timers = new Map<number, number>();
  const { setTimeout, setInterval, clearTimeout, clearInterval } = window;
  const record = (id: number, delay = 0): number => {
    timersSet++;
    timers.set(id, delay);
    return id;
  };
  const forget = (clear: (id?: number) => void) => (id?: number) => {
    timers.delete(id ?? 0);
    clear(id);
  };
  Object.assign(window, {
    setTimeout: (callback: () => void, delay?: number) => {
      const id = setTimeout(() => {
        timers.delete(id);
        callback();
      }, delay);
      return record(id, delay);
    },
    setInterval: (callback: () => void, delay?: number) =>
      record(setInterval(callback, delay), delay),
    clearTimeout: forget(clearTimeout),
    clearInterval: forget(clearInterval),
  });
  return timers;
}
