import { hooks, kinds } from './kinds.js'
import { comeBack, depart, goBack, HOME, load } from './travel.js'
import { closeTab, openTab } from './page.js'
import { ENDINGS } from './provider.js'
import type { Setup } from './setup.js'
import type { ApiManner, Page, World, WorldTab } from './world.js'

interface StepKind {
  readonly weight: number
  readonly needs?: (setup: Setup) => boolean
  run(world: World): void | Promise<void>
}

const pageOf = ({ dice, live }: World): Page | null => {
  const pages = live()
  return pages.length > 0 ? dice.pick(pages) : null
}
const tabOf = ({ dice, tabs }: World, fits: (tab: WorldTab) => boolean): WorldTab | null => {
  const open = tabs.filter((tab) => !tab.closed && fits(tab))
  return open.length > 0 ? dice.pick(open) : null
}
/** Somewhere, where there is such a page. */
const somewhere = (weight: number, run: (page: Page, world: World) => void): StepKind => ({
  weight,
  run(world) {
    const page = pageOf(world)
    if (page) run(page, world)
  },
})
/** The same, where the app is on the page. */
const inApp = (weight: number, run: (page: Page, world: World) => void): StepKind =>
  somewhere(weight, (page, world) => {
    if (page.stop && !page.client.isReporting()) run(page, world)
  })
const later = (promise: Promise<void>) =>
  void promise.catch(() => {
    // Input of another method than the one on the screen.
  })

function answerPrompt(page: Page, { dice }: World): void {
  const { controls } = page.client
  const state = page.client.getState()
  if (state.status !== 'prompting') return
  const method = state.methods.length > 0 ? dice.pick(state.methods) : null
  if (method) controls.choose(method)
  if (method?.type === 'password') {
    later(controls.submit({ password: dice.chance(85) ? 'right' : 'wrong' }))
  } else if (method?.type === 'code')
    later(controls.submit({ code: dice.chance(90) ? '123456' : '1' }))
  else if (method?.type === 'redirect') {
    controls.leave(method.popup && dice.chance(80) ? 'popup' : 'tab')
  } else controls.cancel()
}

function duplicate(world: World): void {
  // Where something waits, there is something to be done twice.
  const waiting = world.live().filter(({ home }) => home.stored !== null)
  const page = waiting.length > 0 && world.dice.chance(70) ? waiting[0] : pageOf(world)
  if (!page || world.tabs.length >= 6) return
  load(world, openTab(world, { from: page.home }), page.environment.url().href).mount()
}

/** What most people do next. */
function goOn(world: World): void {
  const { dice } = world
  const away = tabOf(world, (tab) => tab.away !== null && tab.page === null)
  if (away && dice.chance(60)) {
    comeBack(world, away, dice.weighted(ENDINGS))
    return
  }
  const page = pageOf(world)
  if (!page?.stop) return
  const { controls } = page.client
  const state = page.client.getState()
  if (page.going) depart(world, page)
  else if (state.status === 'prompting') answerPrompt(page, world)
  else if (state.status === 'confirming') {
    if (world.setup.copies && dice.chance(40)) duplicate(world)
    else void controls.confirm()
  } else if (state.status === 'failed' && state.retry) void controls.retry()
  else if (state.status === 'failed' || state.status === 'resumed') controls.cancel()
  else world.pending.shift()?.answer('ok')
}

/** Waits as a person does: whatever falls due in between happens in between. */
async function wait(world: World, seconds: number): Promise<void> {
  for (let left = seconds, part = 1; left > 0; left -= part, part *= 2) {
    world.clock.advance(Math.min(part, left))
    for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve))
  }
}

async function rest(): Promise<void> {
  for (let turn = 0; turn < 14; turn++) await new Promise((resolve) => setImmediate(resolve))
}

const queue = (world: World, manner: ApiManner) => void world.next.api.push(manner)

export const steps = {
  call: inApp(16, (page, { dice }) => {
    const kind = dice.chance(70) ? dice.pick(Object.keys(kinds)) : null
    const hook = kind === null || dice.chance(15) ? dice.pick(hooks) : undefined
    const signal = dice.chance(10) ? page.owner.signal : undefined
    page.call({ kind, hook, bare: dice.chance(20), signal })
  }),
  goOn: { weight: 110, run: goOn },
  prompt: inApp(4, answerPrompt),
  /** In one tab, and the same moment or soon after in its copies. */
  confirm: {
    weight: 4,
    run(world) {
      const offers = world.live().filter(({ client }) => client.getState().status === 'confirming')
      for (const { client } of offers) {
        void client.controls.confirm()
        if (world.dice.chance(20)) void client.controls.confirm()
        if (world.dice.chance(30)) return
      }
    },
  },
  retry: inApp(2, ({ client }) => void client.controls.retry()),
  cancel: inApp(3, ({ client }) => client.controls.cancel()),
  leave: inApp(2, ({ client }, { dice }) => client.controls.leave(dice.pick(['tab', 'popup']))),
  depart: {
    weight: 2,
    run(world) {
      const page = world.live().find(({ going }) => going)
      if (page) depart(world, page)
    },
  },
  comeBack: {
    weight: 4,
    run(world) {
      const tab = tabOf(world, ({ away }) => away !== null)
      if (tab) comeBack(world, tab, world.dice.weighted(ENDINGS))
    },
  },
  reload: somewhere(4, (page, world) => {
    const here = world.dice.chance(70)
    load(world, page.home, here ? page.environment.url().href : HOME).mount()
  }),
  openApp: {
    weight: 2,
    run(world) {
      const tab = tabOf(world, ({ away, page }) => away !== null || page === null)
      if (!tab) return
      tab.away = null
      load(world, tab, HOME)
    },
  },
  back: {
    weight: 3,
    run(world) {
      const tab = tabOf(world, ({ cached }) => cached !== null)
      if (tab) goBack(world, tab)
    },
  },
  newTab: {
    weight: 2,
    run(world) {
      if (world.tabs.length < 6) load(world, openTab(world, {}), HOME).mount()
    },
  },
  duplicate: {
    weight: 4,
    needs: ({ copies }) => copies,
    run: duplicate,
  },
  replay: {
    weight: 2,
    needs: ({ copies }) => copies,
    run(world) {
      const url = world.visited.at(-1)
      const tab = tabOf(world, () => true)
      if (url && tab) load(world, world.dice.chance(50) ? tab : openTab(world, {}), url)
    },
  },
  closeWindow: {
    weight: 2,
    run(world) {
      const tab = tabOf(world, ({ popup }) => popup)
      if (tab) closeTab(world, tab)
    },
  },
  /** Another origin's policy makes an open window look closed. */
  hideWindow: {
    weight: 1,
    run(world) {
      const tab = tabOf(world, ({ popup }) => popup)
      if (tab) tab.handle.closed = true
    },
  },
  block: { weight: 1, run: ({ browser, dice }) => void (browser.faults.blocked = dice.chance(50)) },
  unmount: inApp(2, (page) => {
    page.owner.abort()
    page.owner = new AbortController()
    page.unmount()
  }),
  mount: inApp(3, (page) => page.mount()),
  strictMode: somewhere(2, (page, world) => {
    const { client } = page
    page.stop?.()
    page.stop = world.dice.chance(70) ? client.start() : null
    page.detach?.()
    page.detach = world.dice.chance(70) ? client.attachDialog() : null
    // What comes while it is down may be the first that this page sees, which is no news.
    world.quiet ||= page.stop === null
  }),
  start: somewhere(2, (page) => {
    page.stop ??= page.client.start()
    page.detach ??= page.client.attachDialog()
  }),
  dialogFails: somewhere(1, ({ client }) => client.dialogFailed(new Error('A chunk is gone'))),
  wake: somewhere(2, (page) => page.wake(false)),
  beginLeaving: somewhere(1, (page) => page.beginLeaving()),
  answer: {
    weight: 5,
    run({ dice, pending }) {
      const [one] = pending.length > 0 ? pending.splice(dice.below(pending.length), 1) : []
      one?.answer(dice.chance(75) ? 'ok' : 'fail')
    },
  },
  challenge: { weight: 4, run: (world) => queue(world, 'challenge') },
  challengeAll: {
    weight: 1,
    run: (world) => void (world.challenging = !world.challenging),
  },
  api: {
    weight: 3,
    run: (world) => queue(world, world.dice.pick(['fail', 'fail after', 'hang', 'hang after'])),
  },
  sdk: {
    weight: 4,
    needs: ({ faults }) => faults,
    run({ dice, next }) {
      const what = dice.pick([
        ...['read', 'methods', 'password', 'complete', 'start', 'prepare', 'refresh', 'code'],
      ])
      next.sdk.set(what, [...(next.sdk.get(what) ?? []), dice.pick(['hang', 'fail'] as const)])
    },
  },
  storage: {
    weight: 3,
    needs: ({ faults }) => faults,
    run({ browser, dice, setup }) {
      browser.faults.reads = dice.chance(20)
      browser.faults.writes = dice.chance(40)
      // Where nothing can be shared, copies of a tab cannot know of each other.
      browser.faults.shared = !setup.copies && dice.chance(30)
    },
  },
  locks: {
    weight: 2,
    // A lock that is granted late is judged by what was true at the click; the server judges again.
    needs: ({ copies, faults }) => faults && !copies,
    run: ({ browser, dice }) => browser.setLocks(dice.pick(['ok', 'hang', 'fail'])),
  },
  forge: {
    weight: 2,
    run({ browser, dice, tabs }) {
      const handles = tabs.flatMap(({ away }) => (away ? [away.state] : []))
      const message = dice.pick([undefined, 'access_denied', 'server_error', 'invalid_request'])
      browser.tabs.post(dice.pick(['react-step-up', ...handles]), message)
    },
  },
  signOut: {
    weight: 1,
    run: (world) =>
      changePerson(world, (page) => {
        world.provider.signOut()
        world.setTokens(page, null)
      }),
  },
  signIn: {
    weight: 2,
    run: (world) =>
      changePerson(world, (page) => {
        if (world.tokensOf(page) && world.dice.chance(80)) return
        world.provider.signIn(world.dice.pick(['ada', 'ada', 'ada', 'grace']))
        world.setTokens(page, world.provider.tokens())
      }),
  },
  wait: { weight: 7, run: (world) => wait(world, world.dice.pick([1, 2, 11, 31, 301, 601])) },
  sleep: {
    weight: 2,
    async run(world) {
      await rest()
      // What is under way goes on after a sleep, by a clock that stood still: the server judges.
      const busy = world
        .live()
        .some(({ client }) => /leaving|verifying/.test(client.getState().status))
      if (busy || world.browser.faults.locks === 'hang' || world.pending.length > 0) return
      world.sleep(world.dice.pick([30, 400, 4000]))
      for (const page of world.live()) page.wake(false)
    },
  },
  setClock: {
    weight: 3,
    needs: ({ setsClock }) => setsClock,
    run: ({ clock, dice }) =>
      clock.setWall(clock.now().wall + dice.pick([-86_400, -400, -40, 40, 400, 86_400])),
  },
} satisfies Record<string, StepKind>

/** What runs at this very moment is the server's to judge: people change between two steps. */
async function changePerson(world: World, change: (page: Page) => void): Promise<void> {
  await rest()
  const page = pageOf(world)
  if (page?.stop) change(page)
  await rest()
}

export type StepName = keyof typeof steps

export const weightsFor = (setup: Setup): Readonly<Record<StepName, number>> => {
  const entries = Object.entries<StepKind>(steps)
  return Object.fromEntries(
    entries.map(([name, { needs, weight }]) => [name, needs?.(setup) === false ? 0 : weight]),
  ) as Record<StepName, number>
}
