import type {
  AuthAdapter,
  Authentication,
  CodeMethod,
  Method,
  PasswordMethod,
  Trip,
  TripMethod,
} from 'react-step-up'
import { StepUpError } from 'react-step-up'
import type { BrowserPage } from './browser.js'
import type { Place } from './jobs.js'
import type { Away, Manner, World } from './world.js'

/** Answers at once, later, never, or not: as the story has it. */
export function answering(world: World, page: BrowserPage & Place) {
  return async function answer<T>(what: string, value: () => T | PromiseLike<T>): Promise<T> {
    const manner: Manner = world.next.sdk.get(what)?.shift() ?? 'ok'
    if (world.setup.slowSdk) await new Promise((resolve) => setImmediate(resolve))
    await page.awake()
    if (page.life === 'dead') return new Promise(() => undefined)
    if (manner === 'fail') throw new Error(`${what} has failed`)
    if (manner === 'ok') return value()
    return new Promise((resolve, reject) => {
      world.pending.push({
        ...{ place: page, what },
        answer(how) {
          if (how === 'ok') Promise.resolve().then(value).then(resolve, reject)
          else reject(new Error(`${what} has failed, late`))
        },
      })
    })
  }
}

interface Doors {
  /** The tab is going to leave. */
  leave(away: Away): void
  /** A window goes to the provider. */
  visit(popup: Window, away: Away): void
  /** The address of `trip`, for a window to be opened at. */
  prepared(trip: Trip): URL
}

/** An auth SDK on one page. */
export function createSdk(world: World, place: BrowserPage & Place, doors: Doors): AuthAdapter {
  const { dice, provider, setup } = world
  const answer = answering(world, place)
  const tokens = () => world.tokensOf(place)
  let states = 0

  function proved(): void {
    const how = dice.weighted({ proof: 88, ignores: 7, somebodyElse: 5 })
    const { subject = 'ada' } = tokens() ?? {}
    const other = subject === 'grace' ? 'ada' : 'grace'
    if (how !== 'ignores') provider.signIn(how === 'proof' ? subject : other)
    world.say(`  ${how}`)
    world.setTokens(place, provider.tokens())
  }

  const code: CodeMethod = {
    ...{ type: 'code', id: 'code', channel: 'totp' },
    verify: ({ code }) =>
      answer('code', () => {
        if (code !== '123456') throw new StepUpError('invalid_credentials', 'No.')
        proved()
      }),
  }
  const password: PasswordMethod = {
    ...{ type: 'password', id: 'password' },
    verify: ({ password }) =>
      answer('password', () => {
        if (password !== 'right') throw new StepUpError('invalid_credentials', 'No.')
        if (dice.chance(12)) return { next: [code] }
        proved()
      }),
  }
  const way = (popup: boolean): TripMethod => ({
    ...{ type: 'redirect', id: 'provider', popup },
    ...(popup &&
      setup.popups === 'prepare' && {
        prepare: (trip) => answer('prepare', () => doors.prepared(trip)),
      }),
    start(trip) {
      if (trip.popup) {
        doors.visit(trip.popup, { trip, state: trip.handle })
        return trip.returned
      }
      return answer('start', () => {
        let state = trip.handle
        if (setup.bound) {
          state = `sdk-${place.name}-${String(++states)}`
          trip.bind(state)
        }
        doors.leave({ trip, state })
        // Some SDKs resolve before the page goes, others never do.
        return dice.chance(50) ? undefined : new Promise<void>(() => undefined)
      })
    },
  })
  const methods: readonly Method[] = [
    ...(setup.ways.startsWith('password') ? [password] : []),
    way(setup.ways.endsWith('popup')),
  ]

  function getAuthentication(): Authentication | null | Promise<Authentication | null> {
    const manner = world.next.sdk.get('read')?.[0] ?? 'ok'
    const read = () => {
      world.show(place, tokens())
      return tokens()
    }
    return manner === 'ok' && !setup.slowSdk ? read() : answer('read', read)
  }

  return {
    getAuthentication,
    subscribe(onChange) {
      const listeners = world.sdkListeners.get(place) ?? new Set()
      world.sdkListeners.set(place, listeners)
      const listener = () => onChange()
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    methods: () => answer('methods', () => methods),
    refresh: () =>
      answer('refresh', () => {
        const current = tokens()
        if (current) world.setTokens(place, { ...current, issuedAt: Math.floor(world.now()) })
      }),
    complete: (url) =>
      answer('complete', () => {
        world.setTokens(place, provider.redeem(url.searchParams.get('code') ?? ''))
      }),
  }
}
