// `npm run test:drops`: whole flows over a bad network. FLOWS says how many, SEED brings a run back,
// and FLOW one of its flows.
import type { Flow } from './drops.js'
import { randomOf, runFlow } from './drops.js'

const { SEED, FLOWS = '200', FLOW } = process.env
const seed = Number(SEED ?? Math.floor(Math.random() * 2 ** 32))
const next = randomOf(seed)
const seeds = Array.from({ length: Number(FLOWS) }, () => Math.floor(next() * 2 ** 32))
const chosen = FLOW === undefined ? seeds : [Number(FLOW)]

const flows: Flow[] = []
for (const [index, flow] of chosen.entries()) {
  const ended = await runFlow(flow)
  flows.push(ended)
  for (const violation of ended.violations) {
    console.error(`SEED=${seed} FLOW=${flow} (number ${index}): ${violation}`)
  }
}

const sum = (of: (flow: Flow) => number) => flows.reduce((total, flow) => total + of(flow), 0)
const ends = new Map<string, number>()
for (const { end } of flows) ends.set(end, (ends.get(end) ?? 0) + 1)
const violations = sum((flow) => flow.violations.length)
console.log(`SEED=${seed}: ${flows.length} flows, ${sum((flow) => flow.trips)} trips`)
console.log(
  `${sum((flow) => flow.dropped)} calls lost in ${sum((f) => Number(f.dropped > 0))} flows`,
)
console.log([...ends].map(([end, count]) => `${end} ${count}`).join(', '))
console.log(violations === 0 ? 'Every flow ended as it should.' : `${violations} violations`)
// The SDK's timers for tokens that expire would keep the process alive.
process.exit(violations === 0 ? 0 : 1)
