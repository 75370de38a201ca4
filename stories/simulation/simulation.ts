import {
  createSessionClient,
  type Policy,
  type SessionClient,
  SessionError,
  type SessionEvent,
} from 'session-clock';
import { SimulatedBrowser } from './browser';
import { SimulatedClock } from './clock';
import { SimulationLog } from './log';
import { type Fault, type ServerOptions, SimulatedServer, type UserId } from './server';
import { createSource } from './source';

export interface SimulatedTab {
  client: SessionClient;
  /** Simulates an input of the user. */
  input: () => void;
}

export interface SimulationOptions extends ServerOptions {
  /** `null`: the session ends when the server says so. */
  policy: Policy | null;
}

/** What can change while a simulation runs. */
export interface Conditions {
  fault: Fault;
  /** The user of the next sign-in. */
  nextUser: UserId;
  /** How far the device's clock is ahead (ms). */
  clockError: number;
}

/** A server, and a browser with two tabs. */
export interface Simulation {
  id: string;
  clock: SimulatedClock;
  browser: SimulatedBrowser;
  server: SimulatedServer;
  log: SimulationLog;
  tabs: readonly [SimulatedTab, SimulatedTab];
  setConditions: (conditions: Conditions) => void;
  /** Calls the API with the access token of a tab (1 or 2), and records the answer. */
  callApi: (tab: number) => Promise<void>;
}

/** Creates a simulation in which Ada is signed in. Time stands still until `clock.run()`. */
export function createSimulation({ policy, ...options }: SimulationOptions): Simulation {
  const clock = new SimulatedClock();
  const browser = new SimulatedBrowser(clock);
  const log = new SimulationLog(clock);
  const server = new SimulatedServer(browser, options, log.addRequest);

  function openTab(tab: number): SimulatedTab {
    const { environment, input } = browser.openTab(server.fetchFrom(tab));
    const source = createSource({ canExtend: options.statesEnds });
    // One tab speaks for both: an event occurs in each of them.
    const onEvent = (event: SessionEvent): void => {
      if (tab === 1) log.addEvent(event);
    };
    const client = createSessionClient({ source, onEvent, ...(policy && { policy }) }, environment);
    return { client, input };
  }

  const tabs = [openTab(1), openTab(2)] as const;

  async function callApi(tab: number): Promise<void> {
    try {
      await tabs[tab - 1]?.client.getAccessToken();
      await server.fetchFrom(tab)('/api/notes');
    } catch (error) {
      const code = error instanceof SessionError ? error.code : 'no network';
      log.add({ kind: 'call', text: `The call of tab ${tab} was rejected`, detail: code });
    }
  }

  function setConditions({ fault, nextUser, clockError }: Conditions): void {
    server.fault = fault;
    server.nextUser = nextUser;
    browser.isOnline = fault !== 'offline';
    browser.clockError = clockError;
  }

  return { id: crypto.randomUUID(), clock, browser, server, log, tabs, setConditions, callApi };
}
