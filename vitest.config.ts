import { fileURLToPath } from 'node:url';
import { transformAsync } from '@babel/core';
import { storybookTest } from '@storybook/addon-vitest/vitest-plugin';
import react from '@vitejs/plugin-react';

import { playwright } from '@vitest/browser-playwright';
import type { Plugin } from 'vite';
import { defineConfig, type TestProjectConfiguration, type ViteUserConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { snippetModules } from './test/snippets/snippetModules.ts';
import { aliases, optimized } from './vite.shared.js';

const chromium = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
const flags =
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';

const here = fileURLToPath(new URL('.', import.meta.url));
const react18 = [
  // Its ES modules, whose imports can be led elsewhere.
  {
    find: /^@testing-library\/react$/,
    replacement: `${here}node_modules/@testing-library/react/dist/@testing-library/react.esm.js`,
  },
  { find: /^react(-dom)?(\/.*)?$/, replacement: `${here}test/react-18/node_modules/react$1$2` },
];

/** Compiles what has components and hooks; what it cannot compile is an error. */
const reactCompiler: Plugin = {
  name: 'react-compiler',
  enforce: 'pre',
  async transform(code, id) {
    if (!/\/src\/(react|ui|query|devtools)\/[^?]*\.tsx?$/.test(id)) return null;
    const compiled = await transformAsync(code, {
      filename: id,
      configFile: false,
      parserOpts: { plugins: ['typescript', 'jsx'] },
      plugins: [['babel-plugin-react-compiler', { panicThreshold: 'critical_errors' }]],
      sourceMaps: true,
    });
    return compiled && { code: compiled.code ?? '', map: compiled.map ?? null };
  },
};

/** The same tests, as the same code is used: by React 19, by its Compiler, and by React 18. */
function reactProject(
  name: string,
  { plugins = [], resolve = {} }: Pick<ViteUserConfig, 'plugins' | 'resolve'>,
  include: readonly string[] = [],
): TestProjectConfiguration {
  return {
    extends: true,
    plugins,
    resolve,
    test: {
      name,
      include: ['test/{react,ui,query,devtools,testing}/**/*.test.{ts,tsx}', ...include],
      environment: 'jsdom',
      testTimeout: 60_000,
      // Their React is to be the same as ours.
      server: { deps: { inline: [/@testing-library\/react/, /@tanstack\/react-query/] } },
    },
  };
}

/** Tests that open the tabs of a browser themselves. */
function tabsProject(
  name: string,
  include: string[],
  globalSetup: string[] = [],
): TestProjectConfiguration {
  return {
    extends: true,
    test: {
      name,
      include,
      globalSetup,
      environment: 'node',
      testTimeout: 300_000,
      hookTimeout: 120_000,
      expect: { poll: { timeout: 15_000 } },
      // Three at a time on two cores, after all others: most of both is waiting.
      maxWorkers: 3,
      sequence: { groupOrder: 1 },
    },
  };
}

/** The files that take minutes, longest first: begun last, they would be waited for alone. */
const longest = [
  'live',
  'nextjs',
  'tabs',
  'chaos',
  'table',
  'modals',
  'auth0Spa',
  'endings',
  'signInAndOut',
  'memoryPerTab',
  'authJs',
  'visual',
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const place = longest.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`));
      return place < 0 ? longest.length : place;
    };
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}

const config: ViteUserConfig = defineConfig({
  resolve: { alias: aliases },
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        plugins: [snippetModules()],
        test: {
          name: 'unit',
          include: [
            'test/core/**/*.test.ts',
            'test/fetch/**/*.test.ts',
            'test/sources/**/*.test.ts',
            'test/demo/**/*.test.ts',
            'test/snippets/*.test.ts',
          ],
          environment: 'node',
          // The property tests take a minute on a busy machine.
          testTimeout: 180_000,
        },
      },
      reactProject('react', { plugins: [snippetModules(), react()] }, ['test/snippets/*.test.tsx']),
      reactProject('react-compiler', {
        plugins: [reactCompiler, react()],
      }),
      reactProject('react-18', { plugins: [react()], resolve: { alias: react18 } }),
      {
        extends: true,
        plugins: [storybookTest({ configDir: '.storybook' })],
        optimizeDeps: { include: optimized },
        test: {
          name: 'stories',
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: { executablePath: chromium, args: flags.split(' ') },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      tabsProject('browser', ['test/browser/**/*.test.ts']),
      tabsProject(
        'production',
        ['test/nextjs/**/*.test.ts', 'test/production/**/*.test.ts'],
        ['test/production/build.ts'],
      ),
    ],
  },
});

export default config;
