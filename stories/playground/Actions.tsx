import { type ReactNode, useState } from 'react';
import type { Simulation } from '../simulation/simulation';

/** What happens to the session besides the settings. */
export function Actions({ simulation }: { simulation: Simulation }): ReactNode {
  const { browser, callApi, clock, log, server, tabs } = simulation;
  const [isSkipping, setSkipping] = useState(false);

  async function skip(minutes: number): Promise<void> {
    setSkipping(true);
    await clock.advance(minutes * 60_000);
    setSkipping(false);
  }

  function sleep(): void {
    clock.sleep(3_600_000);
    browser.resume();
  }

  const actions: Record<string, () => unknown> = {
    'Call the API': () => callApi(1),
    'Press a key': tabs[0].input,
    'Revoke the session': () => server.revoke(),
    'Sleep for 1 h': sleep,
    'Skip 1 min': () => skip(1),
    'Skip 5 min': () => skip(5),
  };
  return (
    <section className="playground-actions" aria-label="Actions" aria-busy={isSkipping}>
      {Object.entries(actions).map(([text, action]) => (
        <button
          key={text}
          type="button"
          onClick={() => {
            log.add({ kind: 'action', text, detail: '' });
            action();
          }}
        >
          {text}
        </button>
      ))}
    </section>
  );
}
