import type { ReactNode } from 'react';
import type { TimelineMessages } from './messages.js';
import type { Row } from './rows.js';

/** What the picture shows, for a screen reader. */
export function Table(props: { rows: readonly Row[]; messages: TimelineMessages }): ReactNode {
  const { rows, messages } = props;
  return (
    <div className="sc-timeline-table">
      <table>
        <caption>{messages.title}</caption>
        <thead>
          <tr>
            {messages.table.columns.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ lifetime, event, time }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two rows may be equal
            <tr key={index}>
              <th scope="row">{lifetime}</th>
              <td>{event}</td>
              <td>{time}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
