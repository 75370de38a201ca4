import type { ReactNode } from 'react';

const pages = [
  ['/absolute', 'Absolute', 'ends with its access token'],
  ['/rolling', 'Rolling', 'goes on while you are active'],
  ['/hybrid', 'Hybrid', 'rolling, and ends when no token can be had'],
  ['/session-only', 'Session only', 'the usual check: opens though the token is dead'],
  ['/strict', 'Strict', 'the proxy asks for a token first'],
  ['/plain', 'Plain', 'without help from the app’s server'],
  ['/many-calls', 'Many calls', 'ten at once, in as many tabs as you like'],
  ['/many-calls?alone', 'Many calls, alone', 'the same without session-clock'],
] as const;

export default function Home(): ReactNode {
  return (
    <main>
      <h1>Two clocks, one sign-in</h1>
      <p>A Next.js app with @auth0/nextjs-auth0, and session-clock beside it.</p>
      <ul className="pages">
        {pages.map(([href, title, says]) => (
          <li key={href}>
            {/* No <Link>: fetching ahead would count as a visit. */}
            <a href={href}>
              <strong>{title}</strong>
              <span>{says}</span>
            </a>
          </li>
        ))}
      </ul>
    </main>
  );
}
