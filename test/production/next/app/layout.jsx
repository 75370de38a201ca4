import 'session-clock/ui/styles.css';
import './page.css';

export const metadata = { title: 'Built by Next.js' };

/** @param {{ children: import("react").ReactNode }} props */
export default function Layout({ children }) {
  return (
    <html lang="en" suppressHydrationWarning>
      <body>{children}</body>
    </html>
  );
}
