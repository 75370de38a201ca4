import { Activity, type ReactNode, Suspense, use, useEffect, useState } from 'react';

/** How the app hides a part of its page; `null`: it shows it. */
export type Hidden = 'by <Activity>' | 'by <Suspense>' | null;

const never = new Promise<never>(() => {});

/** Hides or shows the part of the page in `HiddenTree`. */
export function setHidden(detail: Hidden): void {
  dispatchEvent(new CustomEvent('story-hide', { detail }));
}

export function HiddenTree({ children }: { children: ReactNode }): ReactNode {
  const [hidden, update] = useState<Hidden>(null);
  useEffect(() => {
    const listener = (event: Event) => update((event as CustomEvent<Hidden>).detail);
    addEventListener('story-hide', listener);
    return () => removeEventListener('story-hide', listener);
  }, []);
  return (
    <Suspense fallback="Loading">
      <Activity mode={hidden === 'by <Activity>' ? 'hidden' : 'visible'}>{children}</Activity>
      {hidden === 'by <Suspense>' && <Suspended />}
    </Suspense>
  );
}

function Suspended(): never {
  return use(never);
}
