import type { BrowserContext, Page, Request, Route } from '@playwright/test'

/** How much older than it is the last sign-in passes for, in a browser. */
interface Pretence {
  seconds: number
  /** By how many of them the clock of the pages is ahead. */
  ahead: number
  readonly shorten: (route: Route, request: Request) => Promise<void>
}

const pretences = new WeakMap<BrowserContext, Pretence>()
/** Milliseconds: `auth_time` counts whole seconds, and a sign-in within the same one passes for the last. */
const TICK = 1000
const asksForAge = (url: URL) => url.searchParams.has('max_age')

/** The clock goes on, and the page is looked at again: what an app sees of a laptop that was closed. */
export async function passTime(page: Page, seconds: number): Promise<void> {
  const context = page.context()
  await page.waitForTimeout(TICK)
  await moveClock(page, seconds)
  const before = pretences.get(context)
  const pretence = before ?? begin()
  pretence.seconds += seconds
  pretence.ahead += seconds
  pretences.set(context, pretence)
  if (!before) await context.route(asksForAge, pretence.shorten)
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
}

/** What comes from the provider is of its own clock, and some SDKs compare it with the page's. */
export async function restoreClock(page: Page): Promise<void> {
  const pretence = pretences.get(page.context())
  if (!pretence || pretence.ahead === 0) return
  await moveClock(page, -pretence.ahead)
  pretence.ahead = 0
}

/** The person has proved it: the last sign-in is as old as it is. */
export async function endPretence(context: BrowserContext): Promise<void> {
  const pretence = pretences.get(context)
  pretences.delete(context)
  if (pretence) await context.unroute(asksForAge, pretence.shorten)
}

/** To the provider no time has passed: a sign-in of an hour ago is one of now, asked for an hour less. */
function begin(): Pretence {
  const pretence: Pretence = {
    seconds: 0,
    ahead: 0,
    async shorten(route, request) {
      const url = new URL(request.url())
      const maxAge = Number(url.searchParams.get('max_age'))
      url.searchParams.set('max_age', String(Math.max(0, maxAge - pretence.seconds)))
      await route.fallback(request.isNavigationRequest() ? { url: url.href } : {})
    },
  }
  return pretence
}

async function moveClock(page: Page, seconds: number): Promise<void> {
  const now = await page.evaluate(() => Date.now())
  await page.clock.setSystemTime(now + seconds * 1000)
}
