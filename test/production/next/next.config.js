/** @type {import('next').NextConfig} */
export default {
  // This app is part of the package's repository and uses the lock file at its root.
  turbopack: { root: new URL('../../..', import.meta.url).pathname },
};
