import { useEffect } from 'react';
import type { Simulation } from '../simulation/simulation';
import type { Settings } from './settings';

/** The highest speed while the user is warned: two minutes are then twelve seconds. */
const warningSpeed = 10;
/** How often an active user moves the pointer (simulated ms). */
const inputEvery = 10_000;

/** Runs the clock of a simulation while it is shown, and the user's activity. */
export function useSimulatedTime(simulation: Simulation, settings: Settings): void {
  const { clock, tabs } = simulation;
  const { client, input } = tabs[0];
  const { speed, isActive } = settings;

  useEffect(() => clock.run(), [clock]);

  useEffect(() => {
    const update = (): void => {
      const isWarned = client.getSnapshot().status === 'expiring';
      clock.setSpeed(isWarned ? Math.min(speed, warningSpeed) : speed);
    };
    update();
    return client.subscribe(update);
  }, [clock, client, speed]);

  useEffect(() => {
    if (!isActive) return;
    let cancel = (): void => {};
    const repeat = (): void => {
      input();
      cancel = clock.setTimer(inputEvery, repeat);
    };
    repeat();
    return () => cancel();
  }, [clock, input, isActive]);
}
