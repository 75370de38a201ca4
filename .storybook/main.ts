import { fileURLToPath } from 'node:url';
import type { StorybookConfig } from '@storybook/react-vite';
import tailwindcss from '@tailwindcss/vite';
import { mergeConfig } from 'vite';
import { aliases, optimized } from '../vite.shared.js';

const designSystems = [
  '@mui/material',
  '@mui/material/Alert',
  '@mui/material/styles',
  '@radix-ui/react-dialog',
  'react-aria-components',
];

const unwatched = ['bench', 'dist', 'examples', 'test'].map(
  (folder) => `${fileURLToPath(new URL(`../${folder}`, import.meta.url))}/**`,
);

const config: StorybookConfig = {
  stories: ['../stories/**/*.mdx', '../stories/**/*.stories.tsx'],
  addons: ['@storybook/addon-docs', '@storybook/addon-a11y', '@storybook/addon-vitest'],
  framework: '@storybook/react-vite',
  typescript: {
    // The tables of props are read from the types. The tests of stories need none, and start sooner without.
    reactDocgen: process.env['VITEST'] ? false : 'react-docgen-typescript',
    reactDocgenTypescriptOptions: {
      include: ['src/**/*.tsx', 'stories/**/*.tsx'],
      shouldExtractLiteralValuesFromEnum: true,
      shouldRemoveUndefinedFromOptional: true,
      // The native props of an element, of which there are hundreds, are not listed.
      propFilter: ({ parent }) => !parent || !/node_modules/.test(parent.fileName),
    },
  },
  // The list of first steps in Storybook itself has nothing to do with this package.
  features: { sidebarOnboardingChecklist: false },
  core: { disableTelemetry: true, disableWhatsNewNotifications: true },
  viteFinal: (viteConfig) =>
    mergeConfig(viteConfig, {
      resolve: { alias: aliases },
      // For the stories in the design systems.
      plugins: [tailwindcss()],
      optimizeDeps: { include: [...optimized, ...designSystems] },
      // Stories import nothing from these folders, and Vite reloads every page when a build writes HTML there.
      server: { watch: { ignored: unwatched } },
    }),
};

export default config;
