import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { expect, test } from 'vitest'
import { root } from '../../ensure.mjs'
import './build.ts'

const ENTRY = `export * from './dist/index.js'`
const QUERY = `export * from './dist/query/index.js'`

/** What an app loads at once with these imports, minified. */
async function load(...lines: readonly string[]) {
  const { metafile, outputFiles } = await build({
    stdin: { contents: lines.join('\n'), resolveDir: root },
    bundle: true,
    minify: true,
    format: 'esm',
    splitting: true,
    external: ['react', 'react-dom', 'jose', '@tanstack/react-query'],
    metafile: true,
    write: false,
    logLevel: 'error',
    outdir: root,
    absWorkingDir: root,
  })
  const { outputs } = metafile
  const eager = new Set(
    Object.keys(outputs).filter((name) => outputs[name]?.entryPoint === '<stdin>'),
  )
  for (const name of eager) {
    for (const { path, kind, external } of outputs[name]?.imports ?? []) {
      if (kind === 'import-statement' && !external) eager.add(path)
    }
  }
  const files = outputFiles.filter(({ path }) => eager.has(path.replace(root, '')))
  return {
    text: files.map(({ text }) => text).join('\n'),
    size: files.reduce((sum, { contents }) => sum + gzipSync(contents).length, 0),
  }
}

test('react-step-up/query costs at most 1.5 kB beside "."', async () => {
  const [alone, both] = await Promise.all([load(ENTRY), load(ENTRY, QUERY)])
  const size = both.size - alone.size
  console.log(`${(size / 1000).toFixed(2)} kB of 1.50 kB  query, beside "."`)
  expect(size).toBeGreaterThan(500)
  expect(size).toBeLessThanOrEqual(1500)
})

test('apps without TanStack Query carry none of it', async () => {
  const dialogs = `export * from './dist/dialogs/index.js'`
  expect((await load(ENTRY, QUERY)).text).toContain('@tanstack/react-query')
  const { text } = await load(`export * from './dist/index.js'`, dialogs)
  expect(text).not.toContain('tanstack')
})
