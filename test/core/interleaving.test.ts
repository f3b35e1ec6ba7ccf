import { fc, test as property } from '@fast-check/vitest'
import * as v from 'valibot'
import { beforeAll, expect, vi } from 'vitest'
import type { Requirement } from 'react-step-up'
import { defineAction } from 'react-step-up'
import { FAKE_PASSWORD } from 'react-step-up/testing'
import { challenged, follow, openTab, settle } from './tab.js'
import type { Followed } from './tab.js'

beforeAll(() => {
  // Of functions that leave; warn.test.ts has what it says.
  vi.spyOn(console, 'warn').mockImplementation(() => {})
})

const requirements = {
  recent: { maxAge: 300 },
  once: { maxAge: 0 },
  strong: { maxAge: 600, acrValues: ['mfa'] },
} as const satisfies Record<string, Requirement>
type Kind = keyof typeof requirements
const kinds = Object.keys(requirements) as Kind[]

/** What was known when a request was made. */
interface Asked {
  readonly kind: Kind
  readonly subject: string | undefined
  readonly authTime: number | undefined
}

/** A tab in which every run is judged by what is true, not by what the client knows. */
function openJudgedTab() {
  const asked = new Map<string, Asked>()
  const done: string[] = []
  const wrong: string[] = []
  const proofsUsed = new Set<unknown>()
  let demands = 0

  function run({ id }: { id: string }): unknown {
    const { kind, subject, authTime } = asked.get(id)!
    if (demands > 0) {
      demands--
      // From here on the server's own demand counts.
      asked.set(id, { kind: 'recent', subject, authTime })
      return challenged(300)
    }
    const now = tab.adapter.authentication
    if (done.includes(id)) wrong.push(`${id} ran twice`)
    done.push(id)
    if (now?.subject !== subject) wrong.push(`${id} ran for somebody else`)
    const age = tab.clock.now().wall - (now?.authTime ?? 0)
    const { maxAge, acrValues } = requirements[kind] as Requirement
    if (acrValues && !acrValues.includes(now?.acr ?? '')) wrong.push(`${id} ran without its level`)
    if (maxAge !== 0 && age > (maxAge ?? Infinity)) wrong.push(`${id} ran at the age of ${age}`)
    if (maxAge === 0) {
      if (!(Number(now?.authTime) > Number(authTime))) wrong.push(`${id} ran without a proof`)
      if (proofsUsed.has(now?.authTime)) wrong.push(`${id} shared a proof`)
      proofsUsed.add(now?.authTime)
    }
    return id
  }

  const actions = kinds.map((kind) =>
    defineAction({
      id: kind,
      requirement: requirements[kind],
      schema: v.object({ id: v.string() }),
      run,
      describe: ({ id }) => id,
    }),
  )
  const tab = openTab({ more: actions })
  tab.adapter.offered = [tab.adapter.trip, tab.adapter.password]
  return {
    tab,
    asked,
    wrong,
    run,
    demand() {
      demands = 1
    },
    actionOf: (kind: Kind) => actions[kinds.indexOf(kind)]!,
  }
}
type Judged = ReturnType<typeof openJudgedTab>
interface Page {
  calls: Followed<unknown>[]
  owner: AbortController
}

const back = fc.record({
  do: fc.constant('comeBack' as const),
  subject: fc.constantFrom('ada', 'ada', 'ada', 'ada', 'bob'),
  acr: fc.constantFrom('mfa', 'mfa', 'pwd'),
  signsIn: fc.constantFrom(true, true, true, false),
})
const nth = fc.nat(1)
const event = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('call' as const), kind: fc.constantFrom(...kinds) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('callFunction' as const) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('choose' as const), nth }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('leave' as const) }) },
  { weight: 2, arbitrary: back },
  {
    weight: 16,
    arbitrary: fc.record({ do: fc.constant('goOn' as const), inPage: fc.boolean(), back }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('error' as const),
      code: fc.constantFrom('access_denied', 'server_error', 'invalid_request', 'strange'),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('submit' as const),
      password: fc.constantFrom(FAKE_PASSWORD, FAKE_PASSWORD, 'wrong'),
    }),
  },
  ...(['confirm', 'retry', 'cancel', 'demand'] as const).map((name) => ({
    weight: 3,
    arbitrary: fc.record({ do: fc.constant(name) }),
  })),
  ...(['reload', 'abort', 'wake', 'restore', 'beginLeaving', 'signOut', 'signIn'] as const).map(
    (name) => ({ weight: 1, arbitrary: fc.record({ do: fc.constant(name) }) }),
  ),
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      seconds: fc.constantFrom(1, 2, 11, 31, 301, 601),
    }),
  },
)
type Happening = typeof event extends fc.Arbitrary<infer T> ? T : never

/** What most people do next. */
function goOn({ tab }: Judged, { inPage, back }: Extract<Happening, { do: 'goOn' }>): Happening {
  const { state, client } = tab
  switch (state.status) {
    case 'prompting':
      client.controls.choose(state.methods[inPage ? 1 : 0] ?? null)
      return inPage ? { do: 'submit', password: FAKE_PASSWORD } : { do: 'leave' }
    case 'leaving':
      return back
    case 'confirming':
      return { do: 'confirm' }
    case 'failed':
      return { do: state.retry ? 'retry' : 'cancel' }
    case 'resumed':
      return { do: 'cancel' }
    default:
      return { do: 'wait', seconds: 1 }
  }
}

async function happen(judged: Judged, page: Page, happening: Happening): Promise<Page> {
  const { tab, asked, run } = judged
  const { client, adapter, clock } = tab
  const { controls } = client
  const remember = (kind: Kind) => {
    const id = String(asked.size)
    const { subject, authTime } = adapter.authentication ?? {}
    asked.set(id, { kind, subject, authTime })
    return id
  }
  const next = (): Page => ({ calls: [], owner: new AbortController() })
  switch (happening.do) {
    case 'call': {
      const id = remember(happening.kind)
      page.calls.push(follow(client.requireFreshAuth()(judged.actionOf(happening.kind), { id })))
      break
    }
    case 'callFunction': {
      const id = remember('recent')
      const requireFreshAuth = client.requireFreshAuth(300, page.owner.signal)
      page.calls.push(follow(requireFreshAuth(() => run({ id }))))
      break
    }
    case 'goOn':
      await settle()
      return happen(judged, page, goOn(judged, happening))
    case 'choose': {
      const state = client.getState()
      if (state.status === 'prompting') controls.choose(state.methods[happening.nth] ?? null)
      break
    }
    case 'leave':
      controls.leave('tab')
      break
    case 'comeBack':
      if (client.getState().status !== 'leaving') break
      clock.advance(5)
      if (happening.signsIn) {
        adapter.signInAtProvider({ subject: happening.subject, acr: happening.acr })
      }
      await tab.reload(adapter.returnUrl())
      return next()
    case 'error':
      if (client.getState().status !== 'leaving') break
      await tab.comeBackWith(happening.code)
      return next()
    case 'submit':
      void controls.submit({ password: happening.password }).catch(() => {})
      break
    case 'confirm':
    case 'retry':
      void controls[happening.do]()
      break
    case 'cancel':
      controls.cancel()
      break
    case 'demand':
      judged.demand()
      break
    case 'reload':
      await tab.reload()
      return next()
    case 'abort':
      page.owner.abort()
      break
    case 'wake':
    case 'restore':
      tab.page.wake(happening.do === 'restore')
      break
    case 'beginLeaving':
      tab.page.beginLeaving()
      break
    case 'signOut':
      // What runs in the very moment of it is the server's to judge.
      await settle()
      adapter.authentication = null
      await settle()
      break
    case 'signIn': {
      await settle()
      const now = clock.now().wall
      const ada = { issuer: 'https://id.test', subject: 'ada', authTime: now - 1000, issuedAt: now }
      adapter.authentication ??= ada
      await settle()
      break
    }
    case 'wait':
      await settle()
      clock.advance(happening.seconds)
      break
  }
  return page
}

/** The person closes whatever is open, until nothing is. */
async function closeEverything({ tab }: Judged): Promise<void> {
  for (let turn = 0; turn < 40 && tab.state.status !== 'idle'; turn++) {
    tab.client.controls.cancel()
    await settle()
    tab.clock.advance(31)
    await settle()
  }
}

property.prop(
  [fc.array(fc.tuple(event, fc.constantFrom(true, true, false)), { minLength: 5, maxLength: 40 })],
  {
    numRuns: 250,
  },
)(
  'whatever happens in whatever order: every promise settles, nothing runs twice, nothing unproved',
  async (story) => {
    const judged = openJudgedTab()
    let page: Page = { calls: [], owner: new AbortController() }
    await settle()
    for (const [happening, settles] of story) {
      page = await happen(judged, page, happening)
      if (settles) await settle()
      expect(judged.wrong).toEqual([])
    }
    await settle()
    await closeEverything(judged)
    expect(judged.wrong).toEqual([])
    expect(judged.tab.state.status).toBe('idle')
    expect(page.calls.filter(({ status }) => status === 'open')).toEqual([])
  },
  60_000,
)
