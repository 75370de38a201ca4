import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** What each module may not import: imports run one way, see CONTRIBUTING.md. `core` stands on its own. */
const boundaries = {
  core: ['react', 'sources', 'ui', 'query', 'fetch', 'replay', 'devtools', 'testing'],
  react: ['sources', 'ui', 'query', 'fetch', 'replay', 'devtools', 'testing'],
  sources: ['react', 'ui', 'query', 'fetch', 'replay', 'devtools', 'testing'],
  fetch: ['react', 'sources', 'ui', 'query', 'replay', 'devtools', 'testing'],
  query: ['sources', 'ui', 'fetch', 'replay', 'devtools', 'testing'],
  ui: ['sources', 'query', 'fetch', 'replay', 'devtools', 'testing'],
  replay: ['react', 'sources', 'ui', 'query', 'fetch', 'devtools', 'testing'],
  devtools: ['testing'],
};
const withoutReact = ['core', 'sources', 'fetch', 'replay'];

const boundaryRules = Object.entries(boundaries).map(([module, others]) => ({
  files: [`src/${module}/**`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        paths: withoutReact.includes(module)
          ? ['react', 'react-dom'].map((name) => ({
              name,
              message: `src/${module} does not use React.`,
            }))
          : [],
        patterns: [
          {
            group: others.map((other) => `**/${other}/**`),
            message: `src/${module} may not import this module: imports run one way, see CONTRIBUTING.md.`,
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

/** What only `environment.ts` and `tabPlatform.ts` may use, so that a test can replace the platform. */
const platform = [
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
];

/** The model is pure: its inputs bring time and chance, and what it returns is data. */
const impure = [
  ...platform,
  'Date',
  'Promise',
  'queueMicrotask',
  'fetch',
  'AbortController',
  'console',
];

const modelRules = {
  files: ['src/core/model/**'],
  rules: {
    'no-restricted-globals': [
      'error',
      ...impure.map((name) => ({ name, message: 'The model is pure; the shell does this.' })),
    ],
    'no-restricted-syntax': [
      'error',
      {
        selector: 'AwaitExpression, FunctionDeclaration[async=true]',
        message: 'The model is pure.',
      },
    ],
    '@typescript-eslint/no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            regex: '^(?!\\./|\\.\\./error)',
            allowTypeImports: true,
            message: 'The model imports types, and its own files.',
          },
        ],
      },
    ],
    'max-lines': ['error', { max: 200 }],
    'max-lines-per-function': ['error', { max: 60 }],
  },
};

export default tseslint.config(
  { ignores: ['dist', '**/.next', 'storybook-static', 'coverage', 'node_modules'] },
  { files: ['**/*.{ts,tsx,js}'], linterOptions: { reportUnusedDisableDirectives: 'error' } },
  { files: ['**/*.{ts,tsx}'], extends: [tseslint.configs.recommended] },
  {
    files: ['src/**/*.{ts,tsx}', 'stories/**/*.{ts,tsx}'],
    extends: [reactHooks.configs.flat['recommended-latest']],
    rules: { 'react-hooks/exhaustive-deps': 'error' },
  },
  ...boundaryRules,
  {
    files: ['src/core/**'],
    ignores: ['src/core/environment.ts', 'src/core/tabPlatform.ts'],
    rules: {
      'no-restricted-globals': ['error', ...platform],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Use the Environment.' },
        { object: 'Math', property: 'random', message: 'Use the Environment.' },
      ],
    },
  },
  modelRules,
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
