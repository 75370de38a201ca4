'use client';
import { replaceEqualDeep } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { isDevelopment } from '../core/environment.js';

/** Warns once, in development, when a prop changes that is read only at the first render. */
export function useWarnOnPropChange(value: unknown, prop: string): void {
  const first = useRef(value);
  const hasWarned = useRef(false);
  useEffect(() => {
    if (!isDevelopment() || hasWarned.current) return;
    if (replaceEqualDeep(first.current, value) === first.current) return;
    hasWarned.current = true;
    console.warn(
      `session-clock: the prop "${prop}" of <SessionProvider> has changed, but it is read only at the first render, so the change has no effect. Create the value outside the component, or give the provider a new key.`,
    );
  }, [value, prop]);
}
