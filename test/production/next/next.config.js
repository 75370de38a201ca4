/** @type {import('next').NextConfig} */
export default {
  // This app lives inside the package's repository, whose lock file is the one that counts.
  turbopack: { root: new URL('../../..', import.meta.url).pathname },
};
