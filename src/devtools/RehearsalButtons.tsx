'use client';
import { type ReactNode, useSyncExternalStore } from 'react';
import type { SessionClient } from '../core/shell/sessionClient.js';
import { useSessionClient } from '../react/context.js';
import { useSession } from '../react/useSession.js';
import { useAction } from '../ui/useAction.js';
import { rehearsalOf } from './rehearsal/rehearsable.js';
import type { Rehearsal, Scene } from './rehearsal/rehearsal.js';

const scenes: readonly (readonly [scene: Scene, name: string])[] = [
  ['token-expired', 'Expire access token'],
  ['session-ends-soon', 'End session in 25 s'],
  ['slept', 'Sleep 8 h'],
  ['offline', 'Go offline'],
  ['rate-limited', 'Answer 429'],
  ['wrong-clock', 'Set clock 2 h wrong'],
  ['other-user', 'Sign in another user'],
];

/** Buttons that make the client meet what is rare, and one that ends all of it. */
export function RehearsalButtons(): ReactNode {
  const client = useSessionClient('<SessionDevtools>');
  // Known after the first request of the client.
  useSession(({ status }) => status);
  const rehearsal = rehearsalOf(client);
  return (
    <section aria-label="Rehearsal">
      <h3>Rehearsal</h3>
      {rehearsal ? (
        <Buttons client={client} rehearsal={rehearsal} />
      ) : (
        <p>
          Write <code>source={'{rehearsable(source)}'}</code> to expire the token, end the session,
          sleep, go offline and more from here.
        </p>
      )}
    </section>
  );
}

function Buttons(props: { client: SessionClient; rehearsal: Rehearsal }): ReactNode {
  const { client, rehearsal } = props;
  const active = useSyncExternalStore(rehearsal.subscribe, rehearsal.getScenes, getNone);
  const [state, run] = useAction();
  const isShown = ([scene]: (typeof scenes)[number]): boolean =>
    scene !== 'token-expired' || client.hasAccessTokens;
  return (
    <div className="scd-actions">
      {scenes.filter(isShown).map(([scene, name]) => (
        <button
          key={scene}
          type="button"
          aria-pressed={scene === 'token-expired' ? undefined : active.includes(scene)}
          onClick={() => run(name, () => rehearsal.begin(scene, client))}
        >
          {name}
        </button>
      ))}
      <button type="button" onClick={() => run('Back to normal', () => rehearsal.end(client))}>
        Back to normal
      </button>
      <output>
        {state.kind === 'pending' && `${state.name}…`}
        {state.kind === 'failed' && `${state.name}: ${state.code}`}
      </output>
    </div>
  );
}

const none: readonly Scene[] = [];

function getNone(): readonly Scene[] {
  return none;
}
