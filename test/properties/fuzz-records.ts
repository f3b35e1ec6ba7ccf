import * as v from 'valibot'
import { createStepUpClient, defineAction } from 'react-step-up'
import type { FakeEnvironment } from 'react-step-up/testing'
import { createFakeAdapter, createFakeClock, createFakeEnvironment } from 'react-step-up/testing'
import { parseRecord } from '../../src/core/trip.js'
import { watchPrototypes } from './prototypes.js'
import type { Random } from './random.js'
import { createRandom } from './random.js'

const HANDLE = `r.${'h'.repeat(43)}`
const NOW = 1_800_000_000
const ORIGIN = 'https://app.test'

const sound = (random: Random) => ({
  handle: HANDLE,
  actions: Array.from({ length: 1 + random.below(3) }, (_, n) => ({
    ...{ id: random.pick(['remove', 'auto', null]), variables: { id: 'apollo' } },
    ...{ label: 'Delete', requirement: { maxAge: 300 }, requestId: `request-${String(n)}` },
    ...{ challenged: false, advance: false, before: NOW - 5000, pausedAt: NOW - 60, asked: true },
  })),
  requirement: { maxAge: 300 },
  ...{ issuer: 'https://id.test', subject: 'ada', returnTo: '/projects', attempt: 1 },
  ...{ scroll: [0, 0], draft: { note: 'text' }, expiresAt: NOW + 500 },
  phase: random.pick(['leaving', 'returned', 'claimed', 'cancelled']),
})

const HOSTILE: readonly string[] = [
  ...['null', '0', '-1', '1e400', '315360001', '""', '"\\ud800"', '[]', '{}', 'true'],
  ...[
    '{"__proto__":{"polluted":1}}',
    '{"constructor":{"prototype":{"polluted":1}}}',
    '[[[[[[[]]]]]]]',
  ],
  ...[
    '"javascript:alert(1)"',
    '"//evil.test"',
    '"/\\\\evil"',
    '"/%0d%0aevil"',
    '"https://evil.test/"',
  ],
  ...[
    '{"maxAge":315360000}',
    '{"maxAge":300,"acrValues":[]}',
    '{"acrValues":["any"]}',
    '"returned"',
  ],
  ...['315360000', '"remove"', '"auto"', '"toString"', '"__proto__"', '"grace"', '2', '4102444800'],
]

/** A place in a record: how its text stands there, and where. */
function places(text: string): { from: number; to: number }[] {
  return [...text.matchAll(/"(?:[^"\\]|\\.)*"(?!:)|-?\d+|true|false|null/g)].map(
    ({ 0: { length }, index }) => ({
      from: index,
      to: index + length,
    }),
  )
}

/** The text of a record that somebody has had their hands on. */
export function tampered(random: Random): string {
  let text = JSON.stringify(sound(random))
  for (let times = random.below(4); times > 0; times--) {
    const at = random.below(text.length + 1)
    switch (random.below(7)) {
      case 0:
      case 1:
      case 2: {
        const all = places(text)
        const place = all.length > 0 ? random.pick(all) : { from: 0, to: 0 }
        text = text.slice(0, place.from) + random.pick(HOSTILE) + text.slice(place.to)
        break
      }
      case 3:
        text = text.slice(0, at) + String.fromCharCode(random.below(65_536)) + text.slice(at + 1)
        break
      case 4:
        text = text.slice(0, at)
        break
      case 5:
        text = text.replace(/"[a-z]+":/i, `"__proto__":{"polluted":true},$&`)
        break
      default:
        text = text.replace(
          '{',
          `{"${random.pick(['actions', 'phase', 'issuer', 'handle'])}":${random.pick(HOSTILE)},`,
        )
    }
  }
  return random.chance(1) ? `{"actions":${'['.repeat(100_000)}` : text
}

const rest = async () => {
  for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve))
}

/** A page finds the record, and the person says yes to whatever it shows. */
async function arrive(random: Random, stored: string): Promise<string | null> {
  const clock = createFakeClock(NOW)
  const fresh = random.chance(50)
  const authTime = fresh ? NOW - 10 : NOW - 3600
  const adapter = createFakeAdapter({ clock, authentication: { authTime, issuedAt: NOW - 5 } })
  const url = random.chance(60) ? `${ORIGIN}/callback?code=c&state=${HANDLE}` : `${ORIGIN}/`
  const environment: FakeEnvironment = createFakeEnvironment({ clock, url, stored })
  const runs: string[] = []
  const wrong: string[] = []
  const run = (variables: unknown, { requestId }: { requestId: string }) => {
    if (runs.includes(requestId)) wrong.push(`${requestId} runs twice`)
    runs.push(requestId)
    if (!fresh) wrong.push('runs although the sign-in is old')
    if ((variables as { id?: unknown }).id === undefined)
      wrong.push('runs with variables of no schema')
  }
  const schema = v.strictObject({ id: v.string() })
  const options = { schema, run, describe: () => 'Delete', requirement: 300 }
  const client = createStepUpClient({
    adapter,
    environment,
    actions: [
      defineAction({ ...options, id: 'remove' }),
      defineAction({ ...options, id: 'auto', resume: 'auto' }),
    ],
  })
  const stop = client.start()
  const detach = client.attachDialog()
  await rest()
  const here = environment.url()
  if (here.origin !== ORIGIN || /evil|javascript/.test(here.pathname))
    wrong.push(`leads to ${here.href}`)
  const state = client.getState()
  if (state.status === 'confirming' && !fresh) wrong.push('offers what is not proved')
  await client.controls.confirm()
  await rest()
  client.controls.cancel()
  await rest()
  stop()
  detach()
  return wrong[0] ?? null
}

/** Reads `count` tampered records; every `every`th of them as a whole page does. */
export async function fuzzRecords(from: number, count: number, every: number) {
  const untouched = watchPrototypes()
  const failures: string[] = []
  let accepted = 0
  for (let seed = from; seed < from + count && failures.length < 10; seed++) {
    const random = createRandom(seed)
    const text = tampered(random)
    try {
      const record = parseRecord(text, ORIGIN)
      if (record) accepted++
      if (record && new URL(record.returnTo, ORIGIN).origin !== ORIGIN)
        failures.push(`seed ${String(seed)}: leads away`)
      const wrong = seed % every === 0 ? await arrive(random, text) : null
      if (wrong !== null) failures.push(`seed ${String(seed)}: ${wrong}: ${text.slice(0, 500)}`)
    } catch (error) {
      failures.push(`seed ${String(seed)}: threw ${String(error)}: ${text.slice(0, 500)}`)
    }
  }
  if (!untouched()) failures.push('A prototype was touched')
  return { failures, read: count, accepted }
}
