import type { ReactNode } from 'react';

export function MyDialog({ title, children }: { title: string; children: ReactNode }): ReactNode {
  return (
    <div role="dialog" aria-label={title}>
      {children}
    </div>
  );
}

export function MySignInQuestion({ onClose }: { onClose: () => void }): ReactNode {
  return <button onClick={onClose}>Not now</button>;
}
