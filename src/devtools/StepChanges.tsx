import type { ReactNode } from 'react';
import type { ReplayStep } from '../replay/replayLog.js';
import { valueText } from './stepText.js';

/** What an input changed, which events it caused, and which effects should run after it. */
export function StepChanges(props: { number: number; step: ReplayStep }): ReactNode {
  const { number, step } = props;
  const { input, events, schedule, changes } = step;
  return (
    <section aria-label="Changes" className="scd-changes">
      <h3>
        Input {number}: {input.type}
      </h3>
      <dl>
        <Row name="events">{events.map(({ type }) => type).join(', ') || 'none'}</Row>
        <Row name="effects">{schedule.effects.join(', ') || 'none'}</Row>
        {changes.map(({ path, before, after }) => (
          <Row key={path} name={path}>
            {valueText(before)} → {valueText(after)}
          </Row>
        ))}
      </dl>
      {changes.length === 0 && <p>The state has not changed.</p>}
    </section>
  );
}

function Row({ name, children }: { name: string; children: ReactNode }): ReactNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
