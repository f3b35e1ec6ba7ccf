import { defineConfig, globalIgnores } from 'eslint/config'
import reactHooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'
import { importDirections } from './test/package/import-directions.js'

/** What core may not reach for: it is passed in, so that core runs anywhere and tests hold its clock. */
const environment = {
  'Location, history and windows come through the environment': [
    ...['window', 'document', 'location', 'history', 'navigator'],
    ...['globalThis', 'self', 'top', 'parent', 'open', 'addEventListener', 'removeEventListener'],
  ],
  'Storage and channels come through storage.ts and tabs.ts': [
    ...['sessionStorage', 'localStorage', 'indexedDB', 'BroadcastChannel'],
  ],
  'Time and timers come through clock.ts': [
    ...['Date', 'performance', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'],
    ...['requestAnimationFrame', 'requestIdleCallback'],
  ],
  'Network calls come through the adapter or an injected fetch': [
    ...['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource'],
  ],
}

export default defineConfig(
  globalIgnores([
    './dist',
    'demo/*/dist',
    'test/next/{app,shared,.next}',
    'test/next/*.d.ts',
    'test/next/next.config.ts',
    'storybook-static',
    'test-results',
    'playwright-report',
  ]),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{js,mjs,ts,mts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked],
    plugins: { local: { rules: { 'import-directions': importDirections } } },
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      'local/import-directions': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      // Empty on purpose: apps put their policies into it by declaration merging.
      '@typescript-eslint/no-empty-object-type': ['error', { allowWithName: '^Register$' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      // `() => channel.close()` says what it does; its value is nobody's concern.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // React ignores what an event handler returns.
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { attributes: false } },
      ],
    },
  },
  {
    files: ['{src,demo/app,stories}/**/*.ts', '**/*.tsx'],
    extends: [reactHooks.configs.flat.recommended],
  },
  // Here an exception is a change of the rule, where it can be discussed.
  { files: ['src/**'], linterOptions: { noInlineConfig: true } },
  // `verify` may return what comes next, or nothing; an action may take no variables: both are void.
  {
    files: ['src/core/{adapter,call}.ts'],
    rules: { '@typescript-eslint/no-invalid-void-type': 'off' },
  },
  {
    files: ['src/core/**'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...Object.entries(environment).flatMap(([message, names]) =>
          names.map((name) => ({ name, message })),
        ),
      ],
    },
  },
  {
    // Tests hand in what no typed caller would, and make functions async for the shape alone.
    files: ['test/**', 'stories/**', 'demo/**', 'bench/**'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-empty-function': 'off',
      // Express 5 and Node's test servers see to what their handlers return.
      '@typescript-eslint/no-misused-promises': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  // No types to check: these run before there is a compiler.
  { files: ['**/*.{js,mjs}'], extends: [tseslint.configs.disableTypeChecked] },
)
