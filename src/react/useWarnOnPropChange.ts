'use client';
import { replaceEqualDeep } from '@tanstack/react-query';
import { type RefObject, useEffect, useRef } from 'react';

/** Warns once, in development, when a prop changes that is read only at the first render. */
export function useWarnOnPropChange(value: unknown, prop: string): void {
  const first = useRef(value);
  const hasWarned = useRef(false);
  useEffect(() => {
    try {
      if (process.env.NODE_ENV !== 'production')
        warnOfChange(first.current, value, prop, hasWarned);
    } catch {
      // Without a bundler there is no `process`.
    }
  }, [value, prop]);
}

function warnOfChange(
  first: unknown,
  value: unknown,
  prop: string,
  hasWarned: RefObject<boolean>,
): void {
  if (hasWarned.current || replaceEqualDeep(first, value) === first) return;
  hasWarned.current = true;
  console.warn(
    `session-clock: the prop "${prop}" of <SessionProvider> has changed, but it is read only at the first render, so the change has no effect. Create the value outside the component, or give the provider a new key.`,
  );
}

/** Bundlers replace `process.env.NODE_ENV`; not every build has the types of Node. */
declare const process: { env: { NODE_ENV?: string } };
