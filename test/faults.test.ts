import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { root } from './ensure.mjs'

const FAULTS = 50

/** The rows of the table: their number, and the test files that they name as theirs. */
const rows = readFileSync(`${root}test/faults.md`, 'utf8')
  .split('\n')
  .map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim()))
  .filter(([, number = '']) => /^\d+$/.test(number))
  .map(([, number, name, level, tests = '']) => ({
    number: Number(number),
    name: name ?? '',
    level: level ?? '',
    files: [...tests.matchAll(/`(test\/[^`]+)`/g)].map(([, file]) => file ?? ''),
    open: /\bopen \([^)]+\)/.test(tests),
  }))

/** The faults that the titles of a file name: `FAULTS 7, 40: …` is for both. */
function faultsIn(file: string): ReadonlySet<number> {
  const titles = readFileSync(`${root}${file}`, 'utf8').matchAll(
    /['"`]faults? (\d+(?:(?:, | and )\d+)*):/gi,
  )
  return new Set([...titles].flatMap(([, numbers = '']) => numbers.split(/\D+/).map(Number)))
}

test('every fault is in the table, once and in order', () => {
  expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: FAULTS }, (_, i) => i + 1))
})

test.each(rows)('fault $number, $name, has a test or is open', ({ name, level, files, open }) => {
  expect(name).not.toBe('')
  expect(level).not.toBe('')
  expect(files.length > 0 || open).toBe(true)
})

test.each(rows.flatMap(({ number, files }) => files.map((file) => ({ number, file }))))(
  'fault $number is in the title of a test in $file',
  ({ number, file }) => {
    expect(existsSync(`${root}${file}`)).toBe(true)
    expect(faultsIn(file)).toContain(number)
  },
)
