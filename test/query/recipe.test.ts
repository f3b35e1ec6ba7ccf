import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { root } from '../ensure.mjs'
import { codeBlocks } from '../package/readme-code.ts'

const recipe = 'test/query/recipe.ts'
const linesOf = (code: string) =>
  code
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('//'))

test('docs/query.md shows the recipe that is tried', () => {
  const block = codeBlocks(readFileSync(`${root}docs/query.md`, 'utf8')).find(
    ({ name }) => name === recipe,
  )
  expect(linesOf(block?.code ?? '')).toEqual(linesOf(readFileSync(root + recipe, 'utf8')))
})
