'use client';
import { memo, type ReactNode, useId } from 'react';
import type { SessionLog } from '../core/shell/inputLog.js';
import { readLog } from '../replay/readLog.js';
import { toTimeOfDay } from './events.js';
import { detailOfInput } from './stepText.js';

interface InputListProps {
  log: SessionLog;
  /** The number of the selected input among all inputs of the client. */
  selected: number | null;
  /** Keep its identity, so that inputs which are already shown are not rendered again. */
  onSelect: (number: number) => void;
}

/** Newest first. Radio buttons: one tab stop, and the arrow keys select the next input. */
export function InputList({ log, selected, onSelect }: InputListProps): ReactNode {
  const group = useId();
  const rows = readLog(log).entries.map(({ at, input }, index) => {
    const number = log.skipped + index + 1;
    const text = { at, type: input.type, detail: detailOfInput(input) };
    const choice = { number, group, isSelected: number === selected, onSelect };
    return <Row key={number} {...text} {...choice} />;
  });
  return (
    <div role="radiogroup" aria-label="Select an input, newest first">
      <ol>{rows.reverse()}</ol>
    </div>
  );
}

interface RowProps {
  at: number;
  type: string;
  detail: string;
  number: number;
  group: string;
  isSelected: boolean;
  onSelect: (number: number) => void;
}

/** Its props are plain values: a log has new objects each time. */
const Row = memo(function Row({ number, group, isSelected, onSelect, ...text }: RowProps) {
  return (
    <li>
      <label>
        <input type="radio" name={group} checked={isSelected} onChange={() => onSelect(number)} />
        <span>
          <time>{toTimeOfDay(text.at)}</time> <code>{text.type}</code> {text.detail}
        </span>
      </label>
    </li>
  );
});
