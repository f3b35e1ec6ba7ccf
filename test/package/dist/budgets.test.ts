import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { root } from '../../ensure.mjs'
import './build.ts'

interface Result {
  name: string
  passed: boolean
  size: number
  sizeLimit: number
}

const sizeLimit = `${root}node_modules/size-limit/bin.js`
const args = [sizeLimit, '--json', '--config', `${root}test/package/dist/budgets.js`]
const run = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' })
if (!run.stdout.startsWith('[')) throw new Error(run.stdout + run.stderr)
const results = JSON.parse(run.stdout) as Result[]

const kB = (bytes: number) => `${(bytes / 1000).toFixed(2)} kB`.padStart(9)
console.log(
  ['Sizes (minified, gzipped, without React and jose):']
    .concat(results.map(({ name, size, sizeLimit }) => `${kB(size)} of ${kB(sizeLimit)}  ${name}`))
    .join('\n'),
)

test.each(results)('$name stays within its budget', ({ size, sizeLimit }) => {
  expect(size).toBeGreaterThan(0)
  expect(size).toBeLessThanOrEqual(sizeLimit)
})
