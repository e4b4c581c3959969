import js from '@eslint/js';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/**
 * The import law (docs/architecture.md): which folder may import which. A folder imports itself,
 * and beyond that only what is named here.
 */
const mayImport = {
  'server/contract': [],
  'server/core': ['server/contract'],
  'server/storage': ['server/contract', 'server/core'],
  'server/mobile': ['server/contract', 'server/core'],
  'server/manage': ['server/contract', 'server/core'],
  'server/pos': ['server/contract', 'server/core'],
  'server/tls': ['server/contract', 'server/core'],
  'server/upstream': ['server/contract', 'server/core'],
  'server/sync': ['server/contract', 'server/core'],
  'server/security': ['server/contract', 'server/core'],
  'server/system': ['server/contract', 'server/core'],
  'server/cli': ['server/contract', 'server/core', 'server/start.ts', 'terminal'],
  terminal: ['server/contract', 'server/core'],
  renderer: ['server/contract'],
  main: ['server/contract'],
};

/**
 * The ports: files of types only, which the folders that need a service may import from the folder
 * that gives it. `server/storage/port.ts` is the storage port, `server/system/ports.ts` clock, timers,
 * chance, ids and log, `server/security/ports.ts` tokens and passwords, `server/upstream/ports.ts`
 * the client of other servers.
 */
const PORTS = ['storage/port.ts', 'system/ports.ts', 'security/ports.ts', 'upstream/ports.ts'];
/** Everything in the server but its pure rooms. */
const NEEDS_PORTS = /^server\/(?!contract|core)/;

const zones = Object.entries(mayImport).map(([target, allowed]) => ({
  target: `./${target}`,
  from: './',
  except: [
    `./${target}`,
    ...allowed.map((path) => `./${path}`),
    ...(NEEDS_PORTS.test(target) ? PORTS.map((port) => `./server/${port}`) : []),
    './node_modules',
  ],
  message: `${target}/ may import only: itself${allowed.map((path) => `, ${path}`).join('')} (docs/architecture.md, import law).`,
}));

/** Inside terminal/: the library knows neither where it runs nor how it looks; a browser is no Node. */
const terminalZones = Object.entries({
  'terminal/*.ts': ['node', 'browser', 'pos'],
  'terminal/node/**': ['browser', 'pos'],
  'terminal/browser/**': ['node', 'pos'],
  'terminal/pos/**': ['node'],
}).flatMap(([target, barred]) =>
  barred.map((folder) => ({
    target: `./${target}`,
    from: `./terminal/${folder}`,
    message: `${target} may not import terminal/${folder}/ (docs/architecture.md, import law).`,
  })),
);

const banned = (property, object, instead) => ({ object, property, message: `Use ${instead}.` });

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'release/',
      'coverage/',
      'node_modules/',
      'test-results/',
      'playwright-report/',
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['eslint.config.js'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver-next': [createNodeResolver()] },
    rules: {
      'import-x/no-restricted-paths': [
        'error',
        { basePath: import.meta.dirname, zones: [...zones, ...terminalZones] },
      ],
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/dot-notation': 'off',
      'max-lines': ['error', { max: 400, skipBlankLines: false, skipComments: false }],
      'max-lines-per-function': ['error', { max: 70, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['server/**/*.ts', 'terminal/**/*.ts'],
    ignores: [
      'server/system/**',
      'terminal/node/**',
      'terminal/browser/platform.ts',
      'terminal/timers.ts',
    ],
    rules: {
      'no-restricted-properties': [
        'error',
        banned('now', 'Date', 'the injected clock (server/system)'),
        banned('random', 'Math', 'the injected chance (server/system)'),
        banned('randomUUID', 'crypto', 'the injected ids (server/system)'),
      ],
      'no-restricted-globals': [
        'error',
        ...['setTimeout', 'setInterval', 'setImmediate'].map((name) => ({
          name,
          message: 'Use the injected timers (server/system).',
        })),
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: 'Use the injected clock (server/system).',
        },
      ],
      'no-restricted-imports': [
        'error',
        {
          paths: [{ name: 'electron', message: 'Electron is imported only in main/.' }],
          patterns: [
            { group: ['node:timers*'], message: 'Use the injected timers (server/system).' },
          ],
        },
      ],
    },
  },
  {
    files: ['server/core/**/*.ts', 'server/contract/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: [
                'node:fs*',
                'node:http*',
                'node:net',
                'node:child_process',
                'node:worker_threads',
                'express',
                'better-sqlite3',
                'undici',
                'pino',
                'electron',
              ],
              message: 'The core is pure: no input or output.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['renderer/**/*.{ts,tsx}', 'terminal/pos/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: {
      ...reactHooks.configs.recommended.rules,
      // A component is markup for the most part; the measure of a screen is kept, the bound is wider.
      'max-lines-per-function': ['error', { max: 120, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['test/**/*.ts', 'test/**/*.tsx'],
    rules: {
      // A `describe` holds many tests, so its length says nothing.
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    files: ['**/*.js', '**/*.cjs'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: {
      globals: {
        window: 'readonly',
        document: 'readonly',
        console: 'readonly',
        process: 'readonly',
        require: 'readonly',
        module: 'readonly',
        exports: 'writable',
        Buffer: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        setImmediate: 'readonly',
        URL: 'readonly',
        WebSocket: 'readonly',
        __dirname: 'readonly',
        CustomEvent: 'readonly',
        globalThis: 'readonly',
        fetch: 'readonly',
      },
    },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
);
