// The tree of src is the diagram of the library; this ESLint rule holds every import to it. It works on
// paths, not on spellings: `../core/x.js`, `../../src/core/x`, `import()` and type imports are all the
// same arrow.
import { dirname, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const core = 'src/core/(?!token\\.)'
const server = [
  'src/server/(?!descope\\.|express\\.|passkey\\.|supertokens[.-])',
  'src/core/(requirement|freshness|challenge|errors|authentication|claims|levels|defined|destination|storable|typed-code)\\.',
]

/** They share what talks to createVerificationHandler. */
const ASKS_IN_PAGE = ['session', 'supertokens']

/**
 * What each part may import, the first part that matches a file counting. `files`: repository paths.
 * `packages`: also as values. `types`: as types only, for what an app may not have installed.
 */
export const parts = [
  { part: /^src\/core\/token\./, files: [core], packages: ['jose'] },
  { part: /^src\/core\//, files: [core] },
  { part: /^src\/browser(-rest|-runs)?\./, files: [core, 'src/browser'] },
  { part: /^src\/react\//, files: [core, 'src/react/'], packages: ['react', 'react-dom'] },
  {
    part: /^src\/dialogs\//,
    files: [core, 'src/react/', 'src/dialogs/'],
    packages: ['react', 'react-dom', 'input-otp'],
  },
  {
    part: /^src\/query\//,
    files: [core, 'src/react/', 'src/query/'],
    packages: ['react', '@tanstack/react-query'],
  },
  // No adapter imports another. An SDK's own types are welcome, its code is the app's to load.
  {
    part: /^src\/adapters\/verification[.-]/,
    files: ['src/core/', 'src/adapters/verification[.-]'],
  },
  ...['descope', 'session', 'supertokens', 'workos'].map((adapter) => ({
    part: new RegExp(`^src/adapters/${adapter}[.-]`),
    files: [
      'src/core/',
      `src/adapters/(${adapter}${ASKS_IN_PAGE.includes(adapter) ? '|verification' : ''})[.-]`,
    ],
    types: ['*'],
  })),
  { part: /^src\/adapters\//, files: ['src/core/'], types: ['*'] },
  {
    part: /^src\/server\/express\./,
    files: server,
    types: ['express', 'express-serve-static-core'],
  },
  { part: /^src\/server\/passkey\./, files: server, packages: ['@simplewebauthn/server'] },
  // Page and server read the same claims, by the same function.
  {
    part: /^src\/server\/supertokens[.-]/,
    files: [...server, 'src/server/supertokens-', 'src/adapters/supertokens-claims\\.'],
    types: ['supertokens-node'],
  },
  { part: /^src\/server\//, files: server, packages: ['jose'] },
  // The kit works under every test runner. What belongs to another tool is an entry of its own, which
  // the others leave alone, and takes that tool's types.
  {
    part: /^src\/testing\/msw\./,
    files: ['src/core/', 'src/server/(?!express\\.)'],
    types: ['msw'],
  },
  {
    part: /^src\/testing\/playwright[.-]/,
    files: ['src/testing/playwright-'],
    types: ['@playwright/test'],
  },
  {
    part: /^src\/testing\//,
    files: ['src/core/', 'src/react/', 'src/testing/(?!msw\\.|playwright[.-])'],
    packages: ['react', 'jose'],
  },
  { part: /^src\/index\./, files: [core, 'src/react/', 'src/browser\\.'] },
  // A folder that this table does not name may import nothing until somebody decides.
  { part: /^src\//, files: [] },
]

const packageName = (source) => source.match(/^(?:node:)?(?:@[^/]+\/)?[^/]+/)?.[0] ?? source

/** Why `file` may not import `source`, or null. Pure. */
export function judgeImport(file, source, isType) {
  const local = source.startsWith('.')
  const target = local
    ? relative(root, resolve(root, dirname(file), source))
        .split(sep)
        .join('/')
    : packageName(source)
  const rule = parts.find(({ part }) => part.test(file))
  if (!rule) {
    if (/^react-step-up\/(src|dist)\b/.test(source)) return 'only the names in `exports` are public'
    const inside = local && target.startsWith('src/') && !file.startsWith('test/')
    return inside ? 'use the public name "react-step-up…" here' : null
  }
  if (local) {
    // With or without an extension, a pattern ends in the dot before it.
    const path = /\.[a-z]+$/.test(target) ? target : `${target}.`
    const allowed = rule.files.some((pattern) => new RegExp(`^${pattern}`).test(path))
    return allowed ? null : `${file} may not import from ${target}`
  }
  const { packages = [], types = [] } = rule
  if (packages.includes(target)) return null
  const asType = types.includes('*') || types.includes(target)
  if (asType && target !== 'react-step-up') {
    return isType ? null : `${file} may import "${target}" as a type only`
  }
  return `${file} may not import the package "${target}"`
}

const isTypeOnly = (node) =>
  node.importKind === 'type' || node.exportKind === 'type' || node.type === 'TSImportType'

/** @type {import('eslint').Rule.RuleModule} */
export const importDirections = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { direction: '{{ reason }} (the table is in test/package/import-directions.js)' },
  },
  create(context) {
    const file = relative(root, context.filename).split(sep).join('/')
    const check = (node) => {
      if (!node.source) return // `export const …`
      const source = node.source.value
      // A computed import cannot be judged. Outside of src it need not be.
      const reason =
        typeof source === 'string'
          ? judgeImport(file, source, isTypeOnly(node))
          : file.startsWith('src/') && `${file} may only import what it names in a plain string`
      if (reason) context.report({ node: node.source, messageId: 'direction', data: { reason } })
    }
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
      TSImportType: check,
    }
  },
}
