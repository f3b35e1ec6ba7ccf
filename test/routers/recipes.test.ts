import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { root } from '../ensure.mjs'
import { codeBlocks } from '../package/readme-code.ts'

const linesOf = (code: string) => code.split('\n').map((line) => line.trim())

// What each app has for itself, and how it spells its paths.
const isOwn = (line: string) => /^(\/\/|import |adapter)/.test(line)

const blocks = codeBlocks(readFileSync(`${root}docs/routers.md`, 'utf8'))

test('there are recipes for three routers', () => {
  const apps = new Set(blocks.map(({ name }) => name.replace(/\/[^/]+$/, '')))
  expect(apps).toEqual(
    new Set([
      'test/routers/react-router',
      'test/routers/tanstack-router',
      'test/next/app',
      'test/routers/shared',
    ]),
  )
})

test.each(blocks)('docs/routers.md shows what is tried in $name', ({ name, code }) => {
  const tried = linesOf(readFileSync(root + name, 'utf8'))
  const shown = linesOf(code).filter((line) => !isOwn(line))
  expect(shown.length).toBeGreaterThan(1)
  expect(shown.filter((line) => !tried.includes(line))).toEqual([])
})
