import { beforeAll, expect, test, vi } from 'vitest'
import { live, shorten, storyOf } from './story.js'
// Here already, so that loading it takes no time of a story.
import '../../src/core/flow.js'

beforeAll(() => {
  // Of functions that leave; warn.test.ts has what it says.
  vi.spyOn(console, 'warn').mockImplementation(() => {})
})

const COUNT = Number(process.env['STORIES'] ?? 2000)

test(`in ${COUNT} stories everybody is told, nothing runs twice, and nothing unproved`, async () => {
  for (let seed = 1; seed <= COUNT; seed++) {
    const { complaints } = await live(storyOf(seed))
    if (complaints.length === 0) continue
    const { trace } = await live(await shorten(storyOf(seed)), true)
    expect.fail(`SEED=${seed} npm run test:soak\n${(trace ?? []).join('\n')}`)
  }
}, 120_000)
