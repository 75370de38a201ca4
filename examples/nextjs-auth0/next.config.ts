import type { NextConfig } from 'next';

const config: NextConfig = {
  // This app lives inside the package's repository, whose lock file is the one that counts.
  turbopack: { root: new URL('../..', import.meta.url).pathname },
};

export default config;
