import { defineConfig } from 'vitest/config';

/** The unit tests of the core, for `npm run mutation`. Random sequences take too long for thousands of runs. */
export default defineConfig({
  test: {
    include: ['test/core/**/*.test.ts'],
    exclude: [
      'test/core/interleavings/**',
      'test/core/**/*.property.test.ts',
      'test/core/resourceLeaks.test.ts',
    ],
    testTimeout: 60_000,
  },
});
