import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import 'session-clock/ui/styles.css';
import './globals.css';

export const metadata: Metadata = { title: 'session-clock with nextjs-auth0' };

export default function Layout({ children }: { children: ReactNode }): ReactNode {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  );
}
