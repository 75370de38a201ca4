import { type ReactNode, useState } from 'react';
import { choosePolicy, type Durations, type Ending, endings } from './policyChoice';
import './docs.css';

/** The minutes and seconds that can be chosen. All combinations are valid policies. */
const choices: Record<keyof Durations, { label: string; unit: string; values: number[] }> = {
  idle: { label: 'Without activity', unit: 'min', values: [5, 15, 30, 60] },
  lifetime: { label: 'At most', unit: 'h', values: [60, 240, 480, 720] },
  warnBefore: { label: 'Warning', unit: 's before', values: [20, 60, 120, 180] },
};

const used: Record<Ending, readonly (keyof Durations)[]> = {
  stated: [],
  unknown: [],
  fixed: ['lifetime', 'warnBefore'],
  token: ['warnBefore'],
  cookie: ['idle', 'lifetime', 'warnBefore'],
  refresh: ['idle', 'lifetime', 'warnBefore'],
};

/** Finds the policy for a session from what ends it. */
export function PolicyChooser(): ReactNode {
  const [ending, setEnding] = useState<Ending>('refresh');
  const [durations, setDurations] = useState<Durations>({
    idle: 30,
    lifetime: 720,
    warnBefore: 120,
  });
  const { code, effect, args } = choosePolicy(ending, durations);
  return (
    <form className="guide-box" aria-label="Choose a policy">
      <fieldset>
        <legend>What ends the session?</legend>
        {Object.entries(endings).map(([value, text]) => (
          <label key={value}>
            <input
              type="radio"
              name="ending"
              checked={value === ending}
              onChange={() => setEnding(value as Ending)}
            />{' '}
            {text}
          </label>
        ))}
      </fieldset>
      <div className="guide-row">
        {used[ending].map((name) => (
          <label key={name}>
            {choices[name].label}{' '}
            <select
              value={durations[name]}
              onChange={(event) =>
                setDurations({ ...durations, [name]: Number(event.target.value) })
              }
            >
              {choices[name].values.map((value) => (
                <option key={value} value={value}>
                  {name === 'lifetime' ? value / 60 : value} {choices[name].unit}
                </option>
              ))}
            </select>
          </label>
        ))}
      </div>
      <output aria-label="Policy">
        <code>{code === null ? 'no policy' : `policy: ${code}`}</code>
        <span>{effect}</span>
      </output>
      {args !== null && (
        <a href={`?path=/story/playground--playground&args=${args}`} target="_top">
          Try it in the Playground
        </a>
      )}
    </form>
  );
}
