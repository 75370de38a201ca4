import { fileURLToPath } from 'node:url';
import type { StorybookConfig } from '@storybook/react-vite';
import { mergeConfig } from 'vite';
import { aliases, optimized } from '../vite.shared.js';

const unwatched = ['bench', 'dist', 'docs', 'examples', 'test'].map(
  (folder) => `${fileURLToPath(new URL(`../${folder}`, import.meta.url))}/**`,
);

const config: StorybookConfig = {
  stories: ['../stories/**/*.stories.tsx'],
  addons: ['@storybook/addon-docs', '@storybook/addon-a11y', '@storybook/addon-vitest'],
  framework: '@storybook/react-vite',
  // The list of first steps in Storybook itself has nothing to do with this package.
  features: { sidebarOnboardingChecklist: false },
  core: { disableTelemetry: true, disableWhatsNewNotifications: true },
  viteFinal: (viteConfig) =>
    mergeConfig(viteConfig, {
      resolve: { alias: aliases },
      optimizeDeps: { include: optimized },
      // Stories import nothing from these folders, and Vite reloads every page when a build writes HTML there.
      server: { watch: { ignored: unwatched } },
    }),
};

export default config;
