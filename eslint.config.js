import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** What each room may not import: the walls of the house. `core` stands on its own. */
const walls = {
  core: ['react', 'sources', 'ui', 'query', 'fetch', 'devtools', 'testing'],
  react: ['sources', 'ui', 'query', 'fetch', 'devtools', 'testing'],
  sources: ['react', 'ui', 'query', 'fetch', 'devtools', 'testing'],
  fetch: ['react', 'sources', 'ui', 'query', 'devtools', 'testing'],
  query: ['sources', 'ui', 'fetch', 'devtools', 'testing'],
  ui: ['sources', 'query', 'fetch', 'devtools', 'testing'],
};

const wallRules = Object.entries(walls).map(([room, others]) => ({
  files: [`src/${room}/**`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        paths:
          room === 'core' || room === 'sources' || room === 'fetch'
            ? ['react', 'react-dom'].map((name) => ({
                name,
                message: `src/${room} knows no React.`,
              }))
            : [],
        patterns: [
          {
            group: others.map((other) => `**/${other}/**`),
            message: `src/${room} may not import this room: imports run one way, see CONTRIBUTING.md.`,
          },
          {
            group: ['**/src/**', 'session-clock', 'session-clock/*'],
            message: 'Use a relative path.',
          },
        ],
      },
    ],
  },
}));

/** What only `environment.ts` may name, so that a test can put a world of its own in its place. */
const worldNames = [
  'document',
  'window',
  'navigator',
  'localStorage',
  'sessionStorage',
  'BroadcastChannel',
  'setTimeout',
  'setInterval',
  'clearTimeout',
  'clearInterval',
  'performance',
  'Date',
];

export default tseslint.config(
  { ignores: ['dist', '**/.next', 'storybook-static', 'coverage', 'node_modules'] },
  { files: ['**/*.{ts,tsx,js}'], linterOptions: { reportUnusedDisableDirectives: 'error' } },
  { files: ['**/*.{ts,tsx}'], extends: [tseslint.configs.recommended] },
  {
    files: ['src/**/*.{ts,tsx}', 'stories/**/*.{ts,tsx}'],
    extends: [reactHooks.configs.flat['recommended-latest']],
    rules: { 'react-hooks/exhaustive-deps': 'error' },
  },
  ...wallRules,
  {
    files: ['src/core/**'],
    ignores: ['src/core/environment.ts'],
    rules: {
      'no-restricted-globals': ['error', ...worldNames.filter((name) => name !== 'Date')],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Ask the Clock, or the Environment.' },
        { object: 'Math', property: 'random', message: 'Ask the Environment.' },
      ],
    },
  },
  {
    rules: {
      'no-console': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_' },
      ],
    },
    files: ['**/*.{ts,tsx}'],
  },
);
