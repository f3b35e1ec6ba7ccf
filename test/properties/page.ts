import * as v from 'valibot'
import type { RunContext } from 'react-step-up'
import { createStepUpClient, defineAction } from 'react-step-up'
import { request } from './api.js'
import { both, kinds } from './kinds.js'
import { createSdk } from './sdk.js'
import type { Away, CallSpec, Page, World, WorldTab } from './world.js'

/** Windows that are opened at an address find their trip by it. */
const prepared = new WeakMap<World, Map<string, Away>>()

/** The app loads in a tab. */
export function loadPage(world: World, tab: WorldTab, url: string): Page {
  const { jobs } = world
  const name = `${tab.name}.${String(++tab.loads)}`
  const place = { name, tab: tab.name }
  const ways = prepared.get(world) ?? new Map<string, Away>()
  prepared.set(world, ways)

  function openWindow(at: URL | undefined): Window {
    const popup = openTab(world, { popup: true, from: tab })
    popup.away = ways.get(at?.href ?? '') ?? null
    const handle = Object.assign(popup.handle, {
      location: { assign: () => undefined, replace: () => undefined, href: at?.href ?? '' },
      close: () => closeTab(world, popup),
    })
    world.say(`  ${name} opens ${popup.name}`)
    windows.set(handle, popup)
    return handle as unknown as Window
  }
  const windows = new Map<object, WorldTab>()

  const browserPage = world.browser.open(tab, url, openWindow, () => {
    if (tab.popup) tab.closing = true
  })
  // One object through the life of the page, so that it can be told from all others.
  const page = Object.defineProperties(
    place,
    Object.getOwnPropertyDescriptors(browserPage),
  ) as unknown as Page

  const actions = Object.entries(kinds).map(([id, { requirement, resume, secret }]) =>
    defineAction({
      id,
      requirement,
      schema: v.object({ job: v.string(), pin: v.optional(v.string()) }),
      run: ({ job }, context): unknown => request(world, page, job, context),
      describe: ({ job }) => job,
      ...(resume && { resume }),
      ...(secret && { secret: ['pin' as const] }),
    }),
  )
  const sdk = createSdk(world, page, {
    leave: (away) => (page.going = away),
    visit(popup, away) {
      const window = windows.get(popup)
      if (window) window.away = away
    },
    prepared(trip) {
      const at = new URL(`https://id.test/authorize?state=${trip.handle}`)
      ways.set(at.href, { trip, state: trip.handle })
      return at
    },
  })
  const client = createStepUpClient({
    adapter: sdk,
    actions,
    environment: browserPage.environment,
    storage: world.setup.kept,
  })

  let mounted: (() => void)[] = []
  function call({ kind, hook, bare, signal }: CallSpec): void {
    const id = `job${String(jobs.all().length + 1)}`
    const what = `${kind ?? (bare ? 'bare' : 'function')} ${JSON.stringify(hook ?? null)}`
    const action = actions.find((action) => action.id === kind)
    const requirement = both(hook, kinds[kind ?? '']?.requirement)
    // A window that reports shows nothing that could be pressed.
    if (!requirement || client.isReporting()) return
    jobs.add(id, what, page, requirement, client.getAuthentication())
    world.say(`  ${id}: ${what}`)
    const options = signal && { signal }
    const requireFreshAuth = client.requireFreshAuth(hook, action ? undefined : page.owner.signal)
    const pin = kinds[kind ?? '']?.secret && world.dice.chance(50) ? 'PIN-4711' : undefined
    const variables = { job: id, ...(pin !== undefined && { pin }) }
    const run = (context: RunContext) => request(world, page, id, context)
    if (action) jobs.follow(id, requireFreshAuth(action, variables, options))
    else if (bare)
      jobs.follow(
        id,
        requireFreshAuth().then(() => jobs.proved(id, page)),
      )
    else jobs.follow(id, requireFreshAuth(run, options))
  }

  Object.assign(page, {
    ...{ home: tab, client, stop: null, detach: null, owner: new AbortController(), going: null },
    call,
    mount() {
      if (mounted.length > 0) return
      mounted = actions.map((action) =>
        client.onResumed(action, (outcome, { job }) => {
          world.say(
            `  ${name} hears of ${job}: ${'data' in outcome ? 'data' : String(outcome.error)}`,
          )
          jobs.delivered(job, page, outcome)
        }),
      )
    },
    unmount() {
      for (const stop of mounted.splice(0)) stop()
    },
  } satisfies Partial<Page>)

  tab.page = page
  page.stop = client.start()
  const attach = () => {
    if (!client.isReporting()) page.detach ??= client.attachDialog()
  }
  attach()
  client.subscribe(attach)
  client.subscribe(({ type }) => {
    if (page.life === 'dead') return
    const { status } = client.getState()
    world.say(`  ${name} ${type} → ${status}`)
    if (client.isReporting() && status !== 'returning')
      world.complaints.push(`${name} shows ${status} while it reports`)
  })
  return page
}

/** Another tab or window, with a copy of `from`'s storage where there is one. */
export function openTab(
  world: World,
  { popup = false, from }: { popup?: boolean; from?: WorldTab },
): WorldTab {
  const tab: WorldTab = {
    name: `${popup ? 'window' : 'tab'}${String(world.tabs.length + 1)}`,
    ...{ stored: from?.stored ?? null, tokens: from?.tokens ?? null },
    ...{ page: null, cached: null, away: null, popup, closing: false, closed: false, loads: 0 },
    handle: { closed: false },
  }
  world.tabs.push(tab)
  return tab
}

/** The page is gone, and whatever it waited for. */
export function endPage(world: World, page: Page | null): void {
  if (!page || page.life === 'dead') return
  page.die()
  world.jobs.orphan(page)
  world.sdkListeners.get(page)?.clear()
  for (let index = world.pending.length - 1; index >= 0; index--) {
    if (world.pending[index]?.place === page) world.pending.splice(index, 1)
  }
}

export function closeTab(world: World, tab: WorldTab): void {
  if (tab.closed) return
  endPage(world, tab.page)
  endPage(world, tab.cached)
  tab.page = tab.cached = tab.away = null
  tab.closed = tab.handle.closed = true
}
