import { expect, test } from 'vitest'
import { runFlow } from './drops.js'

// `npm run test:drops` runs as many as one likes.
test.for(Array.from({ length: 25 }, (_, index) => index + 1))(
  'FAULTS 37: a flow over a bad network, number %i, ends in a proof or in a reason',
  async (seed) => {
    const { end, violations } = await runFlow(seed)
    expect(violations).toEqual([])
    expect(end).toMatch(/^[a-z_]+$/)
  },
)
