'use client';
import { type ReactNode, useState } from 'react';
import { useSessionClient } from '../react/context.js';
import { toTimeOfDay } from './events.js';

type Result =
  | { readonly kind: 'none' }
  | { readonly kind: 'copied'; readonly count: number; readonly at: number }
  /** The browser refused, or the page has no clipboard because it is not served by HTTPS. */
  | { readonly kind: 'refused'; readonly text: string };

/** Copies the log as JSON, without tokens and claims, for a bug report. */
export function CopyLog(): ReactNode {
  const client = useSessionClient('<SessionDevtools>');
  const [result, setResult] = useState<Result>({ kind: 'none' });
  const copy = (): void => {
    const log = client.getLog();
    const text = JSON.stringify(log, null, 2);
    const count = log.entries.length;
    write(text).then(
      () => setResult({ kind: 'copied', count, at: Date.now() }),
      () => setResult({ kind: 'refused', text }),
    );
  };
  return (
    <div className="scd-actions">
      <button type="button" onClick={copy}>
        Copy log as JSON
      </button>
      {/* The time makes a screen reader announce a second copy, too. */}
      <output>
        {result.kind === 'copied' && `Copied ${result.count} inputs at ${toTimeOfDay(result.at)}.`}
        {result.kind === 'refused' && 'The browser refused. Copy the text below.'}
      </output>
      {result.kind === 'refused' && (
        <textarea
          readOnly
          aria-label="Log as JSON"
          rows={4}
          value={result.text}
          onClick={(event) => event.currentTarget.select()}
        />
      )}
    </div>
  );
}

async function write(text: string): Promise<void> {
  await navigator.clipboard.writeText(text);
}
