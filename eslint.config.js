// The strict type-checked rules of typescript-eslint, with the few changes that spare clean
// code its disable comments. What is about the architecture stands in tools/tidy instead.
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** Which TypeScript project holds which files; a later line wins. */
const projects = [
  ['**/*.ts', 'tsconfig.json'],
  ['protocol/**/*.ts', 'protocol/tsconfig.json'],
  ['protocol/**/*.test.ts', 'protocol/tsconfig.test.json'],
  ['domain/**/*.ts', 'domain/tsconfig.json'],
  ['domain/**/*.test.ts', 'domain/tsconfig.test.json'],
  ['server/**/*.ts', 'server/tsconfig.json'],
  ['web/src/**/*.{ts,tsx}', 'web/tsconfig.json'],
  ['web/{*.ts,build/*.ts,**/*.test.ts}', 'web/tsconfig.test.json'],
];

const rules = {
  // Promises: none forgotten. node:test keeps count of its own.
  '@typescript-eslint/no-floating-promises': [
    'error',
    {
      allowForKnownSafeCalls: [
        { from: 'package', package: 'node:test', name: ['test', 'it', 'describe', 'suite'] },
      ],
    },
  ],
  // An in-memory port answers with a promise although it waits for nothing.
  '@typescript-eslint/require-await': 'off',
  '@typescript-eslint/switch-exhaustiveness-check': [
    'error',
    { considerDefaultExhaustiveForUnions: true },
  ],
  '@typescript-eslint/consistent-type-imports': 'error',
  '@typescript-eslint/consistent-type-definitions': 'off',
  '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
  '@typescript-eslint/no-unnecessary-condition': [
    'error',
    { allowConstantLoopConditions: 'only-allowed-literals' },
  ],
  '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
  // Objects here are closures: no method reads `this`, so taking one off its object is harmless.
  '@typescript-eslint/unbound-method': 'off',
  '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
  'no-restricted-syntax': [
    'error',
    {
      selector: 'ExportDefaultDeclaration',
      message: 'Export it by its name, so that it has the same name everywhere.',
    },
    { selector: 'ForInStatement', message: 'Use for...of over Object.keys or Object.entries.' },
  ],
  eqeqeq: 'error',
  'no-console': 'off',
  'no-else-return': 'error',
  'no-implicit-coercion': 'error',
  'no-param-reassign': 'error',
  'no-var': 'error',
  'object-shorthand': 'error',
  'prefer-const': 'error',
};

export default defineConfig(
  { ignores: ['**/node_modules/', '**/dist/', 'data/', '.cache/', 'coverage/'] },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    rules,
  },
  projects.map(([files, project]) => ({
    files: [files],
    languageOptions: { parserOptions: { project, tsconfigRootDir: import.meta.dirname } },
  })),
  {
    // Read by tools that want a default export.
    files: ['tools/testing/event-reporter.ts', '**/*.config.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    rules: { eqeqeq: 'error', 'no-var': 'error', 'prefer-const': 'error' },
  },
);
