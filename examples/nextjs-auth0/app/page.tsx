import type { ReactNode } from 'react';

const pages = [
  ['/absolute', 'Absolute', 'ends with its access token'],
  ['/rolling', 'Rolling', 'is extended while you are active'],
  ['/hybrid', 'Hybrid', 'rolling, and ends when the token cannot be refreshed'],
  ['/session-only', 'Session only', 'the usual check: opens even if the token has expired'],
  ['/strict', 'Strict', 'the proxy requires a valid token'],
  ['/plain', 'Plain', 'with the SDK’s own routes only'],
  ['/many-calls', 'Many calls', 'ten at once, in any number of tabs'],
  ['/many-calls?alone', 'Many calls, alone', 'the same without session-clock'],
] as const;

export default function Home(): ReactNode {
  return (
    <main>
      <h1>One sign-in, two lifetimes</h1>
      <p>A Next.js app with @auth0/nextjs-auth0 and session-clock.</p>
      <ul className="pages">
        {pages.map(([href, title, description]) => (
          <li key={href}>
            {/* No <Link>: its prefetch would count as a visit and extend the session. */}
            <a href={href}>
              <strong>{title}</strong>
              <span>{description}</span>
            </a>
          </li>
        ))}
      </ul>
    </main>
  );
}
