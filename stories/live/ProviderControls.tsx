import type { ReactNode } from 'react';
import { control } from './demo';

const actions = [
  ['revoke', 'Revoke the refresh token'],
  ['end-session', "End the provider's session"],
  ['provider/stop', 'Stop the provider'],
  ['provider/start', 'Start the provider'],
] as const;

/** Buttons that cause failures on the provider's side. */
export function ProviderControls({ api }: { api: string }): ReactNode {
  return (
    <section aria-labelledby="live-provider">
      <h2 id="live-provider">On the provider's side</h2>
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
