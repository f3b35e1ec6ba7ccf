// What every adapter promises (src/core/adapter.ts), whichever auth system is behind it.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import {
  isStepUpError,
  type AuthAdapter,
  type Method,
  type Requirement,
  type Trip,
} from 'react-step-up'
import { readTripReturn } from '../../src/core/answer.js'
import { otherCode } from '../server/verification-app.js'

export type Person = 'ada' | 'bob'

/** An auth system as its people use it, and what a page sees of it through the adapter. */
export interface AuthSystem {
  /** That of the page which is open. */
  readonly adapter: AuthAdapter
  /** `age`: seconds since, 0 where it is not given. Whoever was signed in is so no more. */
  signIn(person: Person, age?: number): Promise<void>
  signOut(): Promise<void>
  /** New tokens of the same sign-in. */
  refresh(): Promise<void>
  /** From now on it cannot be reached. */
  breakDown(): void
  /** What the methods that ask in the page take. */
  readonly answers?: {
    readonly password?: { readonly right: string; readonly wrong: string }
    /** The one that was sent last. */
    readonly code?: () => Promise<string>
  }
  /** Starts the trip; the person confirms over there. The address that they are sent to, and whose page is open now. */
  travel?(trip: Trip, person: Person): Promise<URL>
  stop(): Promise<void> | void
}

const requirement: Requirement = { maxAge: 300 }
const { signal } = new AbortController()
const handle = `r.${'h'.repeat(43)}`

/** One call for each adapter. */
export function testAdapter(name: string, start: () => Promise<AuthSystem>): void {
  describe(`${name} keeps the contract`, () => {
    let system: AuthSystem
    const read = async () => {
      const authentication = await system.adapter.getAuthentication()
      if (!authentication) throw new Error('Nobody is signed in.')
      return authentication
    }
    const method = async <T extends Method['type']>(type: T) => {
      const found = await system.adapter.methods(requirement, await read())
      const [first] = found.filter((one): one is Extract<Method, { type: T }> => one.type === type)
      if (!first) throw new Error(`No method of the type ${type}.`)
      return first
    }
    /** That nothing but a proof of the same person moves it. */
    async function expectProved(prove: () => Promise<unknown>): Promise<void> {
      const before = await read()
      const told = vi.fn()
      const stop = system.adapter.subscribe(told)
      await prove()
      await system.adapter.refresh?.(signal)
      await vi.waitFor(async () => {
        expect((await read()).authTime ?? 0).toBeGreaterThan(before.authTime ?? 0)
      })
      const { issuer, subject, authTime, issuedAt = authTime } = await read()
      expect({ issuer, subject }).toEqual({ issuer: before.issuer, subject: before.subject })
      expect(Number(issuedAt) - Number(authTime)).toBeLessThan(60)
      expect(told).toHaveBeenCalled()
      stop()
    }

    beforeEach(async () => {
      system = await start()
    })
    afterEach(() => system.stop())

    test('signed out is null, and no error', async () => {
      expect(await system.adapter.getAuthentication()).toBeNull()
    })

    test('who signed in, and when, in seconds of the issuer', async () => {
      await system.signIn('ada', 3600)
      const { issuer, subject, authTime, issuedAt } = await read()
      expect(issuer).toMatch(/./)
      expect(subject).toMatch(/./)
      // What does not tell the time of a sign-in must not make one up.
      if (authTime === undefined) return
      expect(Number.isSafeInteger(authTime)).toBe(true)
      expect(Number(issuedAt) - authTime).toBeGreaterThanOrEqual(3600)
      expect(Number(issuedAt) - authTime).toBeLessThan(3700)
    })

    test('another person is another subject of the same issuer', async () => {
      await system.signIn('ada')
      const ada = await read()
      await system.signIn('bob')
      const bob = await read()
      expect(bob.issuer).toBe(ada.issuer)
      expect(bob.subject).not.toBe(ada.subject)
    })

    test('FAULTS 27: new tokens make nobody fresher', async () => {
      await system.signIn('ada', 3600)
      const before = await read()
      await system.refresh()
      const { authTime, subject } = await read()
      expect([authTime, subject]).toEqual([before.authTime, before.subject])
    })

    test('tells of changes, to each for as long as they listen', async () => {
      const [first, second] = [vi.fn(), vi.fn()]
      const stop = system.adapter.subscribe(first)
      system.adapter.subscribe(second)
      await system.signIn('ada')
      await vi.waitFor(() => {
        expect(first).toHaveBeenCalled()
        expect(second).toHaveBeenCalled()
      })
      stop()
      stop()
      const [heard, before] = [first.mock.calls.length, second.mock.calls.length]
      await system.signOut()
      await vi.waitFor(() => {
        expect(second.mock.calls.length).toBeGreaterThan(before)
      })
      expect(first).toHaveBeenCalledTimes(heard)
      expect(await system.adapter.getAuthentication()).toBeNull()
    })

    test('FAULTS 37: what cannot be reached is unknown, or as it was, and never signed out', async () => {
      await system.signIn('ada', 3600)
      const before = await read()
      system.breakDown()
      const now = await Promise.resolve(system.adapter.getAuthentication()).catch(() => before)
      expect(now).toMatchObject({ subject: before.subject })
      expect(now?.authTime).toBe(before.authTime)
    })

    test('methods have ids of their own', async () => {
      await system.signIn('ada')
      const found = await system.adapter.methods(requirement, await read())
      expect(found.length).toBeGreaterThan(0)
      expect(new Set(found.map(({ id }) => id)).size).toBe(found.length)
      expect(
        await system.adapter.methods({ acrValues: ['no such level'] }, await read()),
      ).toBeInstanceOf(Array)
    })

    for (const type of ['password', 'code'] as const) {
      test(`FAULTS 35: ${type}, where it has one: wrong is refused, right is a proof`, async (test) => {
        const { password, code } = system.answers ?? {}
        test.skip(!system.answers?.[type], `${name} has no ${type}`)
        await system.signIn('ada', 3600)
        const before = await read()
        const found = await method(type)
        if (found.type === 'code') await found.send?.(signal)
        const right = (found.type === 'code' ? await code?.() : password?.right) ?? ''
        const wrong = found.type === 'code' ? otherCode(right) : (password?.wrong ?? '')
        const verify = (text: string) =>
          found.type === 'code'
            ? found.verify({ code: text, signal })
            : found.verify({ password: text, signal })
        const refused: unknown = await verify(wrong).catch((error: unknown) => error)
        expect(isStepUpError(refused) && refused.code).toBe('invalid_credentials')
        expect((await read()).authTime).toBe(before.authTime)
        await expectProved(() => verify(right))
      })
    }

    test('a trip, where it has one: it is recognised, and its proof read, once', async (test) => {
      test.skip(!system.travel, `${name} has no trip`)
      await system.signIn('ada', 3600)
      const before = await read()
      let bound = handle
      const trip: Trip = {
        ...{ handle, requirement, maxAge: 270, signal, returned: new Promise(() => undefined) },
        ...(before.account?.loginHint && { loginHint: before.account.loginHint }),
        bind: (state) => void (bound = state),
      }
      const url = await system.travel?.(trip, 'ada')
      const peek = system.adapter.peek ?? readTripReturn
      if (!url) return
      const back = peek(url)
      expect(back).toMatchObject({ state: bound })
      expect(back?.error).toBeUndefined()
      await system.adapter.complete?.(url, signal)
      await system.adapter.complete?.(url, signal)
      const { subject, authTime } = await read()
      expect(subject).toBe(before.subject)
      expect(Number(authTime)).toBeGreaterThan(before.authTime ?? 0)
    })

    test.each([
      ['nothing', 'https://app.test/'],
      ['a code alone', 'https://app.test/?code=abc'],
      ['a state without a value', 'https://app.test/callback?state'],
      ['what is no text', 'https://app.test/callback?state=%00%FF&code=%'],
      ['__proto__', 'https://app.test/callback?state=__proto__&code=x'],
      ['100 kB', `https://app.test/callback?state=${'x'.repeat(100_000)}&code=x`],
      ['a fragment', 'https://app.test/callback#state=%5B%5B&error=%3Cscript%3E'],
    ])('FAULTS 8: a foreign address is none of ours: %s', (_name, address) => {
      const url = new URL(address)
      const back = system.adapter.peek?.(url)
      expect(back?.state ?? '').not.toBe(handle)
      expect(url.href).toBe(new URL(address).href)
    })
  })
}
