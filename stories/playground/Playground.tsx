import { type ReactNode, useMemo, useState } from 'react';
import type { Simulation } from '../simulation/simulation';
import { Controls } from './Controls';
import { Page } from './Page';
import { type Lifetimes, type Settings, simulate } from './settings';
import { useConditions } from './useConditions';
import { useSimulatedTime } from './useSimulatedTime';
import './playground.css';

interface PlaygroundProps {
  settings: Settings;
  /** Called when the user changes a setting. */
  onChange?: (change: Partial<Settings>) => void;
}

/** Both lifetimes of a simulated sign-in, with settings that can be changed while it runs. */
export function Playground({ settings, onChange }: PlaygroundProps): ReactNode {
  const [own, setOwn] = useState(settings);
  // The story's args change the settings too; in a test, nothing changes the args.
  const [given, setGiven] = useState(settings);
  if (JSON.stringify(given) !== JSON.stringify(settings)) {
    setGiven(settings);
    setOwn(settings);
  }
  const { policy, accessToken, idle, absolute, warnBefore } = own;
  const result = useMemo(
    () => trySimulation({ policy, accessToken, idle, absolute, warnBefore }),
    [policy, accessToken, idle, absolute, warnBefore],
  );
  function change(part: Partial<Settings>): void {
    setOwn((before) => ({ ...before, ...part }));
    onChange?.(part);
  }
  return (
    <main className="playground">
      <h1>Playground</h1>
      <Controls settings={own} onChange={change} />
      {result instanceof TypeError ? (
        <p role="alert" className="playground-invalid">
          {result.message}
        </p>
      ) : (
        <Running simulation={result} settings={own} />
      )}
    </main>
  );
}

function Running(props: { simulation: Simulation; settings: Settings }): ReactNode {
  const { simulation, settings } = props;
  useSimulatedTime(simulation, settings);
  useConditions(simulation, settings);
  // Another simulation is another page: nothing of the former one is kept.
  return <Page key={simulation.id} simulation={simulation} settings={settings} />;
}

function trySimulation(lifetimes: Lifetimes): Simulation | TypeError {
  try {
    return simulate(lifetimes);
  } catch (error) {
    if (error instanceof TypeError) return error;
    throw error;
  }
}
