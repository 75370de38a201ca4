import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import 'session-clock/ui/styles.css';

export const metadata: Metadata = { title: 'session-clock with next-auth' };

export default function Layout({ children }: { children: ReactNode }): ReactNode {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  );
}
