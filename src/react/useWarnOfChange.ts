'use client';
import { replaceEqualDeep } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { isDevelopment } from '../core/environment.js';

/** A prop that is taken once: says so, once and in development, when it changes. */
export function useWarnOfChange(value: unknown, prop: string): void {
  const first = useRef(value);
  const warned = useRef(false);
  useEffect(() => {
    if (!isDevelopment() || warned.current) return;
    if (replaceEqualDeep(first.current, value) === first.current) return;
    warned.current = true;
    console.warn(
      `session-clock: the prop "${prop}" of <SessionProvider> has changed and is not heeded; it is taken at the first render. Create it outside the component, or give the provider a new key.`,
    );
  }, [value, prop]);
}
