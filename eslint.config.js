import tseslint from 'typescript-eslint';

/** Core is pure: no clock, no randomness, no async, no output. */
const corePurity = [
  ['NewExpression[callee.name="Date"][arguments.length=0]', 'core has no clock: take `now` as an argument'],
  ['MemberExpression[object.name="Date"][property.name="now"]', 'core has no clock: take `now` as an argument'],
  ['MemberExpression[object.name="Math"][property.name="random"]', 'core has no randomness'],
  [':function[async=true]', 'core is synchronous'],
].map(([selector, message]) => ({ selector, message }));

export default tseslint.config(
  { ignores: ['dist/**', '.build/**', 'data/**', 'node_modules/**', 'apps-script/dist/**', '*.config.ts'] },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-non-null-assertion': 'off',
      'max-lines': ['warn', { max: 330, skipBlankLines: true, skipComments: true }],
    },
  },
  { files: ['core/**/*.ts'], ignores: ['core/**/*.test.ts'], rules: { 'no-restricted-syntax': ['error', ...corePurity] } },
  {
    files: ['sync-service/**/*.ts', 'core/**/*.ts'],
    ignores: ['sync-service/cli/**', 'core/**/*.test.ts', 'sync-service/**/*.test.ts'],
    rules: { 'no-console': 'error' },
  },
);
