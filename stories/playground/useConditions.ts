import { useEffect } from 'react';
import type { Snapshot } from 'session-clock';
import type { Simulation } from '../simulation/simulation';
import type { Settings } from './settings';

/** Applies the faults of the settings to a simulation, a fault of the server once the page has its first token. */
export function useConditions(simulation: Simulation, settings: Settings): void {
  const { setConditions, tabs } = simulation;
  const { client } = tabs[0];
  const { fault, nextUser, clockError } = settings;
  useEffect(() => {
    const apply = (): void => {
      const isBeginning = hasNoTokenYet(client.getSnapshot());
      if (!isBeginning) unsubscribe();
      setConditions({
        fault: isBeginning ? 'none' : fault,
        nextUser,
        clockError: clockError * 60_000,
      });
    };
    const unsubscribe = client.subscribe(apply);
    apply();
    return unsubscribe;
  }, [setConditions, client, fault, nextUser, clockError]);
}

function hasNoTokenYet({ status, accessToken }: Snapshot): boolean {
  const isNew = accessToken.status === 'none' || accessToken.status === 'fetching';
  return status === 'loading' || (status === 'active' && isNew);
}
