import { beforeEach, expect, test } from 'vitest'
import { runStore } from '../../src/browser-runs.js'

const runs = runStore(indexedDB)
const NOW = 1_800_000_000

beforeEach(
  () =>
    new Promise((resolve, reject) => {
      const gone = indexedDB.deleteDatabase('react-step-up')
      gone.onsuccess = resolve
      gone.onerror = reject
    }),
)

test('FAULTS 11: whoever adds a request first has it, until it is removed', async () => {
  const all = Array.from({ length: 20 }, () => runs.add('a', NOW))
  expect((await Promise.all(all)).filter(Boolean)).toHaveLength(1)
  await runs.remove('a')
  expect(await runs.add('a', NOW)).toBe(true)
  expect(await runs.add('b', NOW)).toBe(true)
})

test('what no record can be of any more is forgotten', async () => {
  await runs.add('old', NOW)
  await runs.add('new', NOW + 7100)
  await runs.add('next', NOW + 7201)
  expect(await runs.add('old', NOW + 7201)).toBe(true)
  expect(await runs.add('new', NOW + 7201)).toBe(false)
})

test('FAULTS 20: a browser that forbids it says so', async () => {
  const forbidden = {
    open: () => {
      throw new DOMException('No.', 'SecurityError')
    },
  }
  await expect(runStore(forbidden as never).add('a', NOW)).rejects.toThrow('No.')
})
