import { expect, test } from 'vitest'
import { createWork } from '../../src/core/work.js'

test('what is begun ends what was under way, and nobody is sent anything for it', () => {
  const work = createWork()
  const first = work.begin()
  expect(first.aborted).toBe(false)
  expect(work.committed).toBe(false)
  const second = work.commit()
  expect([first.aborted, second.aborted, work.committed]).toEqual([true, false, true])
  const third = work.begin()
  expect([second.aborted, third.aborted, work.committed]).toEqual([true, false, false])
})

test('what was sent and came to nothing may change again, and goes on', () => {
  const work = createWork()
  const signal = work.commit()
  work.uncommit()
  expect(work.committed).toBe(false)
  expect(signal.aborted).toBe(false)
})
