import type { ReactNode } from 'react';

export function MyDialog({ title, children }: { title: string; children: ReactNode }): ReactNode {
  return (
    <div role="dialog" aria-label={title}>
      {children}
    </div>
  );
}
