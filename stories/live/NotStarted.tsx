import type { ReactNode } from 'react';
import './live.css';

/** Shown when Storybook runs without the provider, as in a production build. */
export function NotStarted(): ReactNode {
  return (
    <main className="live live-empty">
      <h1>One sign-in, two lifetimes</h1>
      <p>
        This story needs an OpenID provider, which does not run here. Run this command in the
        repository; it starts the provider, an API and Storybook:
      </p>
      <pre>
        <code>npm start</code>
      </pre>
      <p>
        The{' '}
        <a href="?path=/story/playground--playground" target="_top">
          Playground
        </a>{' '}
        shows the same without a provider.
      </p>
    </main>
  );
}
