import type { Ending } from './provider.js'
import { closeTab, endPage, loadPage, openTab } from './page.js'
import type { Page, World, WorldTab } from './world.js'

export const HOME = 'https://app.test/projects?tab=1#top'

/** A page with an answer on its way is not kept for Back. */
const isQuiet = (world: World, page: Page) => world.pending.every(({ place }) => place !== page)

/** The browser follows where the page has sent it. */
export function depart(world: World, page: Page): void {
  const tab = page.home
  page.beginLeaving()
  tab.away = page.going
  page.going = null
  tab.page = null
  endPage(world, tab.cached)
  tab.cached = null
  if (world.dice.chance(50) && isQuiet(world, page)) {
    page.freeze()
    tab.cached = page
  } else endPage(world, page)
  world.say(`  ${page.name} is ${page.life}`)
}

export function load(world: World, tab: WorldTab, url: string): Page {
  endPage(world, tab.page)
  tab.page = null
  tab.closing = false
  const page = loadPage(world, tab, url)
  world.say(`  ${page.name} loads ${url}`)
  return page
}

/** Out of the back/forward cache: whatever came after it in this tab is gone. */
export function goBack(world: World, tab: WorldTab): void {
  const { cached } = tab
  if (!cached) return
  endPage(world, tab.page)
  tab.page = cached
  tab.cached = null
  tab.away = null
  world.say(`  ${cached.name} is back`)
  cached.thaw()
}

/** The provider is done with the person, and sends them to the app: to this tab, or to another. */
export function comeBack(world: World, tab: WorldTab, ending: Ending): void {
  const { away } = tab
  if (!away) return
  const others = world.tabs.flatMap(({ away }) => (away && away !== tab.away ? [away] : []))
  const other = others[0]?.state ?? `r.${'x'.repeat(43)}`
  const query = world.provider.answer(away.trip, away.state, other, ending)
  const url = `https://app.test/callback?${query.toString()}`
  world.visited.push(url)
  tab.away = null
  const elsewhere = world.setup.kept === 'local' && world.dice.chance(15)
  load(world, elsewhere ? openTab(world, {}) : tab, url)
}

/** What the browser does when nobody is looking. */
export function sweep(world: World): void {
  for (const tab of world.tabs) if (tab.closing) closeTab(world, tab)
}
