import { type ReactNode, useId } from 'react';
import type { Fault } from '../simulation/server';
import { type PolicyName, policyCode, type Settings } from './settings';

interface ControlsProps {
  settings: Settings;
  onChange: (change: Partial<Settings>) => void;
}

const policies: Record<PolicyName, string> = {
  hybrid: 'hybrid',
  rolling: 'rolling',
  absolute: 'absolute',
  server: 'the server',
};

const speeds: Record<string, string> = {
  1: '1 s = 1 s',
  10: '1 s = 10 s',
  60: '1 s = 1 min',
};

const faults: Record<Fault, string> = {
  none: 'none',
  offline: 'offline',
  '429': '429: too many requests',
  '503': '503: the server fails',
  slow: 'answers take 45 s',
  refused: 'no new tokens (invalid_grant)',
};

/** The settings: lifetimes, time and faults. A new lifetime starts the simulation anew. */
export function Controls({ settings, onChange }: ControlsProps): ReactNode {
  const isRolling = settings.policy !== 'absolute';
  return (
    <form
      className="playground-controls"
      aria-label="Settings"
      onSubmit={(e) => e.preventDefault()}
    >
      <fieldset>
        <legend>Lifetimes</legend>
        <Choice
          label="Policy"
          value={settings.policy}
          options={policies}
          onChange={(policy) => onChange({ policy: policy as PolicyName })}
        />
        <Slider
          label="Access token"
          unit="min"
          range={[1, 60]}
          value={settings.accessToken}
          onChange={(accessToken) => onChange({ accessToken })}
        />
        <Slider
          label="Idle"
          unit="min"
          range={[2, 60]}
          isDisabled={!isRolling}
          value={settings.idle}
          onChange={(idle) => onChange({ idle })}
        />
        <Slider
          label="Absolute"
          unit="min"
          range={[5, 720]}
          value={settings.absolute}
          onChange={(absolute) => onChange({ absolute })}
        />
        <Slider
          label="Warn before"
          unit="s"
          range={[20, 600]}
          value={settings.warnBefore}
          onChange={(warnBefore) => onChange({ warnBefore })}
        />
        <pre>
          <code>{policyCode(settings)}</code>
        </pre>
      </fieldset>
      <fieldset>
        <legend>Time and user</legend>
        <Choice
          label="Speed"
          value={String(settings.speed)}
          options={speeds}
          onChange={(speed) => onChange({ speed: Number(speed) })}
        />
        <Choice
          label="Warning"
          value={settings.warning}
          options={{ dialog: 'SessionExpiryDialog', banner: 'SessionBanner' }}
          onChange={(warning) => onChange({ warning: warning as Settings['warning'] })}
        />
        <Choice
          label="Next sign-in"
          value={settings.nextUser}
          options={{ ada: 'Ada', grace: 'Grace' }}
          onChange={(nextUser) => onChange({ nextUser: nextUser as Settings['nextUser'] })}
        />
        <label className="playground-check">
          <input
            type="checkbox"
            checked={settings.isActive}
            onChange={(event) => onChange({ isActive: event.target.checked })}
          />{' '}
          The user is active in tab 1
        </label>
      </fieldset>
      <fieldset>
        <legend>Faults</legend>
        <Choice
          label="Fault"
          value={settings.fault}
          options={faults}
          onChange={(fault) => onChange({ fault: fault as Fault })}
        />
        <Slider
          label="Clock ahead"
          unit="min"
          range={[0, 120]}
          value={settings.clockError}
          onChange={(clockError) => onChange({ clockError })}
        />
      </fieldset>
    </form>
  );
}

function Choice(props: {
  label: string;
  value: string;
  options: Record<string, string>;
  onChange: (value: string) => void;
}): ReactNode {
  return (
    <label className="playground-choice">
      {props.label}
      <select value={props.value} onChange={(event) => props.onChange(event.target.value)}>
        {Object.entries(props.options).map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

function Slider(props: {
  label: string;
  unit: string;
  range: readonly [min: number, max: number];
  value: number;
  isDisabled?: boolean;
  onChange: (value: number) => void;
}): ReactNode {
  const { label, unit, range, value, isDisabled = false, onChange } = props;
  const id = useId();
  return (
    <div className="playground-slider">
      <label htmlFor={id}>{label}</label>
      <output htmlFor={id}>
        {value} {unit}
      </output>
      <input
        id={id}
        type="range"
        min={range[0]}
        max={range[1]}
        value={value}
        disabled={isDisabled}
        aria-valuetext={`${value} ${unit}`}
        onChange={(event) => onChange(event.target.valueAsNumber)}
      />
    </div>
  );
}
