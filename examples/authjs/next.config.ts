import type { NextConfig } from 'next';

const config: NextConfig = {
  // This app is part of the package's repository and uses the lock file at its root.
  turbopack: { root: new URL('../..', import.meta.url).pathname },
};

export default config;
