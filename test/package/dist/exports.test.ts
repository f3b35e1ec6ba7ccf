import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { root } from '../../ensure.mjs'
import { entryNames, filesIn, manifest, reachableFrom, read, subpaths } from './build.ts'

test.each(subpaths)('"%s" leads to files that exist', (subpath, target) => {
  const files = typeof target === 'string' ? [target] : [target.types, target.default]
  for (const file of files) expect(existsSync(`${root}${file}`), file).toBe(true)
  // The path of an import is the path of its source.
  if (typeof target === 'object' && target.default.endsWith('.js')) {
    const source = target.default.replace('./dist/', 'src/').replace(/\.js$/, '.ts')
    expect(existsSync(`${root}${source}`), source).toBe(true)
    expect(source).toMatch(new RegExp(`^src${subpath.slice(1)}(/index)?\\.ts$`))
  }
})

test('every adapter is an entry', () => {
  const files = filesIn('src/adapters', /\.tsx?$/)
  const names = files.map((file) => `./${file.slice('src/'.length, -'.ts'.length)}`)
  // `workos-trip` is what `workos` loads later; `verification` is what two of them talk by.
  const adapters = names.filter(
    (name) =>
      name !== './adapters/verification' && !names.some((other) => name.startsWith(`${other}-`)),
  )
  expect(Object.keys(manifest.exports)).toEqual(expect.arrayContaining(adapters))
})

test('every source file is an entry or belongs to one', () => {
  const reachable = reachableFrom(entryNames)
  const sources = filesIn('src', /\.tsx?$/)
  expect(sources.filter((file) => !reachable.has(file))).toEqual([])
})

test('each public name is an alias during development', () => {
  const { compilerOptions } = JSON.parse(read('tsconfig.json')) as {
    compilerOptions: { paths: Record<string, [string]> }
  }
  const names = Object.keys(manifest.exports).filter((name) => name !== './package.json')
  expect(Object.keys(compilerOptions.paths).sort()).toEqual(
    names.map((name) => `react-step-up${name.slice(1)}`).sort(),
  )
})

test('modules with React are client modules for Next, and the others are not', () => {
  for (const file of filesIn('dist', /\.js$/)) {
    const marked = /^["']use client["']/.test(read(file))
    expect(marked, file).toBe(/^dist\/(react|dialogs|query)\//.test(file))
  }
})

test('a bundler of the app decides what is development', () => {
  for (const file of filesIn('dist', /\.js$/)) {
    expect(read(file), file).not.toContain('import.meta.env')
  }
  const core = filesIn('src/core', /\.ts$/)
  const warns = core.filter((f) => read(f).includes('process.env.NODE'))
  for (const file of warns) {
    const built = file.replace('src/', 'dist/').replace(/\.ts$/, '.js')
    expect(read(built), built).toContain('process.env.NODE_ENV')
  }
})
