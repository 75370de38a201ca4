import * as React from 'react';
import { type ReactNode, Suspense } from 'react';

/** React 18 has no `Activity`; there, the tree is unmounted. */
const Activity =
  (React as { Activity?: React.FC<{ mode: 'visible' | 'hidden'; children: ReactNode }> })
    .Activity ?? (({ mode, children }) => (mode === 'visible' ? children : null));

const never = new Promise<never>(() => {});

function SuspendsIf({ isSuspended }: { isSuspended: boolean }): ReactNode {
  if (isSuspended) throw never;
  return null;
}

interface TreeProps {
  how: 'hidden by <Activity>' | 'hidden by <Suspense>' | 'unmounted';
  isShown: boolean;
  children: ReactNode;
}

/** A part of a page that an app can hide or unmount. */
export function Tree({ how, isShown, children }: TreeProps): ReactNode {
  if (how === 'unmounted') return isShown && children;
  if (how === 'hidden by <Activity>') {
    return <Activity mode={isShown ? 'visible' : 'hidden'}>{children}</Activity>;
  }
  return (
    <Suspense fallback="Loading">
      {children}
      <SuspendsIf isSuspended={!isShown} />
    </Suspense>
  );
}
