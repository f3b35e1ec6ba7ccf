import type { Authentication } from 'react-step-up'
import { closeTab, endPage } from './page.js'
import { HOME, load } from './travel.js'
import type { Page, World } from './world.js'

const complain = (world: World, what: string) => {
  world.say(`! ${what}`)
  world.complaints.push(what)
}

/** What must hold at any moment. */
export function look(world: World): void {
  const texts = [
    ...world.tabs.map(({ stored }) => stored ?? ''),
    ...world.browser.shared.names().map((name) => world.browser.shared.read(name) ?? ''),
  ]
  if (texts.some((text) => text.includes('PIN-'))) complain(world, 'A secret is stored')
  for (const { client, name } of world.live()) {
    const state = client.getState()
    if ('waiting' in state && state.waiting.length === 0) complain(world, `${name} asks for nobody`)
    if (state.status === 'prompting' && state.methods.length === 0 && !state.error) {
      complain(world, `${name} shows a way that is none`)
    }
    if ('items' in state && state.status !== 'failed' && state.status !== 'resumed') {
      const shown = state.items.some(({ label }) => label !== null)
      const who = client.getAuthentication()
      if (
        shown &&
        who === null &&
        state.status === 'confirming' &&
        client.getFreshness(300).reason === 'signed_out'
      ) {
        complain(world, `${name} offers something to nobody`)
      }
    }
  }
}

/** From here on everything works, and the person wants no more of it. */
function repair(world: World): void {
  const { browser, next } = world
  Object.assign(browser.faults, { reads: false, writes: false, shared: false, blocked: false })
  browser.setLocks('ok')
  next.api.length = 0
  next.sdk.clear()
  world.challenging = false
}

async function closeEverything(world: World, settle: () => Promise<void>): Promise<void> {
  for (let turn = 0; turn < 40; turn++) {
    for (const { answer } of world.pending.splice(0)) answer('ok')
    await settle()
    const open = world.live().filter(({ client }) => client.getState().status !== 'idle')
    for (const page of open) page.client.controls.cancel()
    await settle()
    const waiting = world.jobs.all().some(({ orphaned, status }) => status === 'open' && !orphaned)
    if (open.length === 0 && !waiting && world.clock.pending === 0 && turn > 2) return
    world.clock.advance(31)
    await settle()
  }
}

const tell = (tokens: Authentication | null) =>
  tokens
    ? `${tokens.subject} ${Number.isInteger(tokens.authTime) ? String(tokens.authTime) : '-'} ${tokens.acr ?? ''}`
    : 'nobody'

/** A page that is told of changes knows what its SDK knows. */
export function lookAround(world: World): void {
  // Who is gone at once tells nobody.
  if (world.quiet || world.lastSetBy?.life === 'dead') return
  if (world.setup.faults || world.pending.some(({ what }) => what === 'read')) return
  for (const page of world.live()) {
    const known = page.client.getFreshness(300).reason
    if (!page.stop || known === 'unknown' || known === 'loading') continue
    const [told, true_] = [page.client.getAuthentication(), world.tokensOf(page)]
    const [believed, so] = [tell(told), tell(true_)]
    if (believed !== so) complain(world, `${page.name} believes ${believed}, not ${so}`)
  }
}

/** What a page may hold while nothing happens in it. */
function lookAtRest(world: World, page: Page): void {
  const { client, name } = page
  const { status } = client.getState()
  if (status !== 'idle') complain(world, `${name} stays in ${status}`)
  const { timers, wakes, leaves, ears } = page.holds()
  const started = page.stop ? 1 : 0
  const sdk = world.sdkListeners.get(page)?.size ?? 0
  const held = {
    timers,
    leaves,
    wakes: wakes! - started,
    ears: ears! - started,
    sdk: sdk - started,
  }
  for (const [what, count] of Object.entries(held)) {
    if (count !== 0) complain(world, `${name} holds ${String(count)} ${what} too many`)
  }
}

/** Brings the story to its end, and looks at what is left. */
export async function bringToAnEnd(world: World, settle: () => Promise<void>): Promise<void> {
  repair(world)
  for (const page of world.live()) {
    page.stop ??= page.client.start()
    page.detach ??= page.client.attachDialog()
    page.mount()
  }
  for (const { cached } of world.tabs) endPage(world, cached)
  await closeEverything(world, settle)
  for (const { id, orphaned, status, what } of world.jobs.all()) {
    if (status === 'open' && !orphaned) complain(world, `${id} (${what}) never settles`)
  }
  for (const page of world.live()) lookAtRest(world, page)
  if (world.complaints.length > 0) return
  // What a new page finds in each tab explains itself, and then is gone.
  for (const tab of world.tabs.filter(({ closed }) => !closed)) {
    tab.away = null
    // What was begun by whoever is signed out waits for them.
    if (tab.page && !world.tokensOf(tab.page)) {
      world.provider.signIn('ada')
      world.setTokens(tab.page, world.provider.tokens())
    }
    for (const round of ['first', 'second']) {
      load(world, tab, HOME).mount()
      await settle()
      const { status } = tab.page!.client.getState()
      if (round === 'second' && status !== 'idle')
        complain(world, `${tab.name} never forgets (${status})`)
      await closeEverything(world, settle)
    }
    if (tab.stored !== null) complain(world, `${tab.name} keeps ${tab.stored.slice(0, 200)}`)
    lookAtRest(world, tab.page!)
  }
  const copies = world.browser.shared.names().filter((name) => name.includes('.trip.'))
  if (copies.length > 0 && !world.setup.setsClock) {
    const texts = copies.map((name) => world.browser.shared.read(name) ?? '{}')
    const open = texts.filter(
      (text) =>
        (JSON.parse(text) as { expiresAt: number }).expiresAt > world.clock.now().wall + 600,
    )
    if (open.length > 0) complain(world, 'A copy of a record outlives its time')
  }
  for (const page of world.live()) {
    page.stop?.()
    page.detach?.()
    page.unmount()
    await settle()
    const { timers, wakes, leaves, ears } = page.holds()
    const sdk = world.sdkListeners.get(page)?.size ?? 0
    if (timers! + wakes! + leaves! + ears! + sdk > 0)
      complain(world, `${page.name} holds on when stopped`)
  }
  for (const tab of world.tabs) closeTab(world, tab)
  if (world.clock.pending > 0) complain(world, `${String(world.clock.pending)} timers are left`)
}
