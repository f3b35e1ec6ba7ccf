// `npm run test:soak`: 100,000 stories. `COUNT=… FROM=…` for another part of them,
// `SEED=…` for one, told step by step, and shortened where it goes wrong.
import { live, shorten, storyOf } from './story.js'

const number = (name: string, other: number) => Number(process.env[name] ?? other)

console.warn = () => undefined
const stray: string[] = []
process.on('unhandledRejection', (reason) => stray.push(String(reason)))

async function judge(seed: number) {
  stray.length = 0
  const world = await live(storyOf(seed))
  world.complaints.push(...stray.map((reason) => `Nobody has caught ${reason}`))
  return world
}

async function tell(seed: number): Promise<void> {
  const story = storyOf(seed)
  const whole = await live(story, true)
  console.log(JSON.stringify(story.setup))
  if (whole.complaints.length === 0) console.log(whole.trace?.join('\n'))
  else {
    const shortest = await shorten(story)
    console.log((await live(shortest, true)).trace?.join('\n'))
  }
  console.log(`\nseed ${String(seed)}: ${whole.complaints.join('; ') || 'nothing went wrong'}`)
  process.exitCode = whole.complaints.length === 0 ? 0 : 1
}

async function soak(from: number, count: number): Promise<void> {
  const failures: string[] = []
  const ends = new Map<string, number>()
  let done = 0
  for (let seed = from; seed < from + count; seed++) {
    const { complaints, jobs } = await judge(seed)
    if (complaints.length > 0) {
      failures.push(`SEED=${String(seed)}: ${complaints[0]!}`)
      console.log(failures.at(-1))
    }
    for (const { attempts, orphaned, status } of jobs.all()) {
      const end = orphaned && status === 'open' ? 'page gone' : status
      ends.set(end, (ends.get(end) ?? 0) + 1)
      if (attempts.some(({ status }) => status === 'accepted')) done++
    }
    const sofar = seed - from + 1
    if (sofar % 5000 === 0)
      console.log(`${String(sofar)} stories, ${String(failures.length)} failures`)
  }
  const calls = [...ends.values()].reduce((sum, many) => sum + many, 0)
  const sorted = [...ends].toSorted(([, a], [, b]) => b - a)
  console.log(`calls: ${String(calls)}, done: ${String(done)}`)
  for (const [end, many] of sorted) console.log(`  ${end}: ${String(many)}`)
  console.log(
    `seeds ${String(from)} to ${String(from + count - 1)}: ${String(count)} stories, ${String(failures.length)} failures`,
  )
  process.exitCode = failures.length === 0 ? 0 : 1
}

const seed = process.env['SEED']
if (seed === undefined) await soak(number('FROM', 1), number('COUNT', 100_000))
else await tell(Number(seed))
