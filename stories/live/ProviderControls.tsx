import type { ReactNode } from 'react';
import { control } from './demo';

const actions = [
  ['revoke', 'Revoke the refresh token'],
  ['end-session', "End the provider's session"],
  ['provider/stop', 'Stop the provider'],
  ['provider/start', 'Start the provider'],
] as const;

/** Buttons that stop the provider, or end what it has issued. */
export function ProviderControls({ api }: { api: string }): ReactNode {
  return (
    <section aria-labelledby="live-provider">
      <h2 id="live-provider">Faults at the provider</h2>
      <div className="live-actions">
        {actions.map(([action, label]) => (
          <button key={action} type="button" onClick={() => control(api, action)}>
            {label}
          </button>
        ))}
      </div>
    </section>
  );
}
