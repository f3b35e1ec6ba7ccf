// A bad network: 5 % of all calls to the API, to discovery and to the token endpoint are lost, the rest is slow.
// Whoever presses "Try again" often enough ends in a proof or in a refusal that says why.
import { isStepUpError } from 'react-step-up'
import type { Fault, Twist } from './http.js'
import { half, htmlWith200, reset, serverError, silence } from './http.js'
import type { Press } from './page.js'
import type { Tab } from './tab.js'
import { openStaleTab } from './tab.js'

/** How a flow ended, and what went wrong with a promise on the way. */
export interface Flow {
  readonly seed: number
  /** `done`, `unknown`, or the code of the refusal. */
  readonly end: string
  readonly dropped: number
  readonly trips: number
  readonly presses: number
  readonly violations: readonly string[]
}

const RATE = 0.05
/** More than this many clicks of one person for one project is not an end. */
const PATIENCE = 80

/** Random numbers that a seed brings back (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** What a lost call looks like from the page. */
const losses: readonly (() => Response | Fault)[] = [
  () => reset,
  () => half,
  () => silence,
  serverError,
  htmlWith200,
]

/** One person wants one project deleted, and does not give up before there is an answer. */
export async function runFlow(seed: number): Promise<Flow> {
  const random = randomOf(seed)
  const chance = (share: number) => random() < share
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T
  const violations: string[] = []
  /** Done, and the page never heard of it. */
  const unheard: string[] = []
  let lossy = true
  let dropped = 0
  let presses = 0
  let trips = 0
  const requirement = pick([300, 300, 0, 7200])
  const tab = await openStaleTab({
    requirement,
    user: chance(0.8) ? 'stored' : 'in memory',
    clockAhead: pick([0, 0, -200, 200, 86_400]),
  })
  tab.api.requirement = pick([requirement, 300])

  const bad =
    <Asked, Answer>(onUnheard: (asked: Asked) => void): Twist<Asked, Answer> =>
    async (asked, honest) => {
      tab.clock.advance(random() * 4)
      if (!lossy || !chance(RATE)) return honest(asked)
      dropped++
      const loss = pick(losses)
      // On the way there, or on the way back.
      if (chance(0.5)) return loss()
      await honest(asked)
      onUnheard(asked)
      return loss()
    }
  tab.provider.discovery.always(bad(() => undefined))
  tab.provider.token.always(bad(() => undefined))
  tab.api.serve.always(bad((asked) => unheard.push(asked.headers.get('Idempotency-Key') ?? '')))

  let press: Press = { status: 'none' }
  async function pressButton(): Promise<void> {
    presses++
    press = await tab.press()
  }

  async function travel(): Promise<void> {
    trips++
    press = { status: 'gone' }
    await tab.travel((back) => (chance(0.05) ? new URL('/', back) : back))
  }

  async function confirm(): Promise<void> {
    const { client } = tab
    if (chance(0.1)) void client.controls.confirm()
    if (!chance(0.1)) {
      await tab.confirm()
      return
    }
    // A reload in the middle: before the request is on its way, or after it has arrived.
    const { length } = tab.api.requests
    void client.controls.confirm()
    const arrived = () => tab.api.requests.length > length || tab.state.status !== 'resuming'
    if (chance(0.7)) await tab.until(arrived)
    // Whoever has read how it ended has no reason to load the page again.
    if (tab.state.status !== 'resuming') return
    await tab.open()
    await tab.rests()
  }

  /** What the person does next; the end, where there is nothing to do any more. */
  async function goOn(): Promise<string | null> {
    const { state } = tab
    if (tab.left) await travel()
    else if (state.status === 'prompting') await tab.leave()
    else if (state.status === 'confirming') await confirm()
    else if (state.status === 'failed') {
      if (state.retry) await tab.retry()
      else {
        await tab.cancel()
        if (state.error.code !== 'signed_out' || !tab.record) return state.error.code
        // Nobody is told yet what became of it, for nobody is known: signing in brings it up.
        lossy = false
        await tab.signIn()
        lossy = true
        await tab.rests()
      }
    } else if (state.status === 'resumed') {
      await tab.cancel()
      if (state.outcome === 'unknown' || state.outcome === 'elsewhere') return state.outcome
      return endOf(tab.resumed.at(-1))
    } else return endOf(press)
    const waits = ['prompting', 'confirming', 'failed'].includes(tab.state.status)
    if (waits && chance(0.03) && !tab.left) {
      press = { status: 'gone' }
      await tab.open()
      await tab.rests()
    }
    return null
  }

  let end: string | null = null
  try {
    for (let clicks = 0; !end; clicks++) {
      if (clicks > PATIENCE) throw new Error(`No end: ${JSON.stringify(tab.state)}`)
      const nothing = tab.state.status === 'idle' && !tab.left
      if (nothing && (press.status === 'none' || press.status === 'gone')) await pressButton()
      end = await goOn()
      // The app's own failure, a lost call of its own: the person presses again.
      if (end === 'again') {
        press = { status: 'none' }
        end = null
      }
    }
  } catch (error) {
    violations.push(String(error))
  }
  violations.push(...wrongIn(tab, end, press, unheard))
  tab.close()
  return { seed, end: end ?? 'none', dropped, trips, presses, violations }
}

function endOf(press: Press | undefined): string {
  if (!press || press.status === 'open') return 'open'
  if (press.status === 'done') return 'done'
  return isStepUpError(press.error) ? press.error.code : 'again'
}

function wrongIn(
  { api, provider, record, state }: Tab,
  end: string | null,
  press: Press,
  unheard: readonly string[],
): string[] {
  const heard = api.effects.filter((key) => !unheard.includes(key)).length
  const found: Record<string, boolean> = {
    'a code was used twice': provider.spent.some((times) => times > 1),
    'a request was served twice': new Set(api.effects).size < api.effects.length,
    'done, and not once': end === 'done' && heard !== 1,
    'refused, and yet done': end !== 'done' && end !== 'unknown' && heard > 0,
    'another tab has done it, and there is none': end === 'elsewhere',
    'a promise stayed open': end === 'open' || press.status === 'open',
    'something is left on the screen': state.status !== 'idle',
    'something is left in storage': record !== null,
    'a silent request asked for an age': provider.asked.some(
      (asked) => asked.get('prompt') === 'none' && asked.has('max_age'),
    ),
  }
  return Object.keys(found).filter((name) => found[name])
}
