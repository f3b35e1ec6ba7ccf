import { describe, expect, test, vi } from 'vitest'
import { createStepUpClient, defineAction, formatChallenge, parseChallenge } from 'react-step-up'
import { createFakeAdapter, createFakeEnvironment } from 'react-step-up/testing'
import type { Authentication, Requirement, StandardSchemaV1 } from 'react-step-up'
import * as v from 'valibot'
import { readTripReturn } from '../../src/core/answer.js'
import { decideArrival, readReturnError } from '../../src/core/arrival.js'
import { cleanPath } from '../../src/core/clean-path.js'
import type { TripRecord } from '../../src/core/trip.js'
import { evaluate, evaluateProof, takeReading } from '../../src/core/freshness.js'
import { implies, requirementKey, toRequirement } from '../../src/core/requirement.js'
import { parseWwwAuthenticate } from '../../src/core/www-authenticate.js'
import { follow, openTab, settle } from './tab.js'

const ERROR = 'error="insufficient_user_authentication"'

describe('a list of levels', () => {
  test('may be spaced as it likes', () => {
    expect(parseChallenge(`Bearer ${ERROR}, acr_values=" mfa   phr "`)?.acrValues).toEqual([
      'mfa',
      'phr',
    ])
  })

  test('with one that cannot be asked for is none', () => {
    expect(parseChallenge(`Bearer ${ERROR}, acr_values="mfa m\\"x"`)).toBeNull()
    const acrValues = ['mfa', 'not one']
    expect(() => formatChallenge({ scheme: 'Bearer', acrValues })).toThrow(/acrValues.*mfa/)
    expect(() => toRequirement({ acrValues: ['mfa', 'not one'] })).toThrow(TypeError)
    expect(() => toRequirement({ acrValues: ['mfa', 7 as never] })).toThrow(TypeError)
  })

  test.each<[Requirement, Requirement, boolean]>([
    [{ acrValues: ['mfa'] }, { acrValues: ['mfa', 'phr'] }, true],
    [{ acrValues: ['mfa', 'pwd'] }, { acrValues: ['mfa', 'phr'] }, false],
    [{ acrValues: ['pwd'] }, { acrValues: ['mfa'] }, false],
    [{ maxAge: 60 }, { acrValues: ['mfa'] }, false],
    [{ maxAge: 60, acrValues: ['mfa'] }, { maxAge: 300 }, true],
  ])('%j implies %j: %s', (a, b, answer) => {
    expect(implies(a, b)).toBe(answer)
  })

  test('tells one requirement from another', () => {
    const keys = [
      { maxAge: 60, acrValues: ['mfa'] },
      { maxAge: 60, acrValues: ['phr'] },
      { maxAge: 60 },
    ]
    expect(new Set(keys.map(requirementKey)).size).toBe(3)
    expect(requirementKey({ acrValues: ['mfa'], maxAge: 60 })).toBe(requirementKey(keys[0]!))
  })

  test('does not take no level for one of them', () => {
    const authentication = { issuer: 'i', subject: 's', authTime: 1 }
    const requirement = { acrValues: ['mfa'] } as const
    expect(evaluate(requirement, authentication, 0)).toBe('acr')
    expect(evaluate({ acrValues: ['Stryker'] }, authentication, 0)).toBe('acr')
  })
})

describe('messages of misuse', () => {
  const policies = { billing: 300, keys: 0 }
  test('name what is known', () => {
    expect(() => toRequirement('bills' as never, policies)).toThrow('(known: billing, keys)')
    expect(() => toRequirement('bills' as never)).toThrow('(known: none)')
    expect(() => toRequirement(-1)).toThrow(/-1.*name of a policy/)
    expect(() => toRequirement('toString' as never, policies)).toThrow('Unknown policy')
    expect(() => toRequirement(7n as never)).toThrow(TypeError)
  })

  test('name what could not be read back', () => {
    expect(() => formatChallenge({ scheme: 'Bearer', maxAge: 1.5 })).toThrow('Not a maxAge: 1.5')
    expect(() => formatChallenge({ scheme: 'Bearer', scope: 'ä' })).toThrow('Not a scope: "ä"')
  })
})

describe('a proof for one use', () => {
  const proof = (change: Partial<Authentication>): Authentication => ({
    ...{ issuer: 'i', subject: 's', authTime: 1000, issuedAt: 1000 },
    ...change,
  })
  const paused = { age: 0, before: undefined, pausedFor: 60, advance: false, skew: 30 }

  test('is as old as its issuer says it was, whatever has passed since', () => {
    const late = { ...paused, age: 500 }
    expect(evaluateProof({ maxAge: 0 }, proof({}), late)).toBeNull()
    expect(evaluateProof({ maxAge: 0 }, proof({ issuedAt: 1091 }), paused)).toBe('stale')
    expect(evaluateProof({ maxAge: 0 }, proof({ issuedAt: 1090 }), paused)).toBeNull()
  })

  test('is as old as it is where its issuer does not say', () => {
    const { issuedAt: _, ...silent } = proof({})
    expect(evaluateProof({ maxAge: 0 }, silent, { ...paused, age: 90 })).toBeNull()
    expect(evaluateProof({ maxAge: 0 }, silent, { ...paused, age: 91 })).toBe('stale')
  })

  test('whose age nobody tells is read by the clock of this machine', () => {
    const { issuedAt: _, ...silent } = proof({})
    expect(takeReading(silent, { wall: 1400, mono: 0 }, 30, true, null).age).toBe(400)
  })
})

describe('a header of several challenges', () => {
  test('holds a token68 beside parameters', () => {
    expect(parseWwwAuthenticate('Negotiate a87421000492aa874209af8bc028==, Bearer a=b')).toEqual([
      { scheme: 'negotiate', params: new Map() },
      { scheme: 'bearer', params: new Map([['a', 'b']]) },
    ])
    expect(parseWwwAuthenticate('Negotiate abc')).toEqual([
      { scheme: 'negotiate', params: new Map() },
    ])
  })

  test.each([
    ...['Negotiate abc==, a=b', '="x"', 'a=b', 'Bearer ="x"', 'Bearer x="y", a='],
    ...['Bearer a b', 'Bearer a "b"', '"Bearer"', 'Bearer a=b c', 'Bearer a=b; c=d'],
  ])('%s is malformed', (header) => {
    expect(parseWwwAuthenticate(header)).toBeNull()
  })

  test('is empty where nothing is in it', () => {
    expect(parseWwwAuthenticate('')).toEqual([])
    expect(parseWwwAuthenticate(' ,\t, ')).toEqual([])
    expect(parseChallenge(null)).toBeNull()
    expect(parseChallenge(undefined)).toBeNull()
  })
})

describe('what a provider puts into the address', () => {
  const read = (rest: string) => readTripReturn(new URL(`https://app.test/callback${rest}`))

  test('is read from the query, or from the fragment', () => {
    expect(read('?state=a&code=b')).toEqual({ state: 'a' })
    expect(read('#state=a&code=b')).toEqual({ state: 'a' })
    expect(read('?state=a&code=b#state=c')).toEqual({ state: 'a' })
    expect(read('?code=b')).toBeNull()
    expect(read('#code=b')).toBeNull()
    expect(read('')).toBeNull()
  })

  test('FAULTS 15: may be an error, with or without a word about it', () => {
    expect(read('?state=a&error=access_denied')).toEqual({
      state: 'a',
      error: { code: 'access_denied' },
    })
    expect(read('?state=a&error=x&error_description=y')).toEqual({
      state: 'a',
      error: { code: 'x', description: 'y' },
    })
  })

  test.each(['state', 'code', 'error', 'iss'])('FAULTS 8: two of %s are none', (name) => {
    expect(read(`?state=a&code=b&iss=c&${name}=1&${name}=2`)).toBeNull()
  })

  test('leaves the path as it was, but for slashes that would name a host', () => {
    const clean = (url: string) => cleanPath(new URL(url))
    expect(clean('https://app.test//evil.test/a//b?x=1&code=c&state=s#top')).toBe(
      '/evil.test/a//b?x=1#top',
    )
    expect(clean('https://app.test/a#state=s&code=c')).toBe('/a')
  })
})

describe('what came back', () => {
  const record: TripRecord = {
    ...{ handle: `r.${'a'.repeat(43)}`, actions: [], requirement: { maxAge: 0 }, attempt: 1 },
    ...{ issuer: 'i', subject: 's', returnTo: '/', phase: 'leaving', expiresAt: 1000 },
  }
  const authentication = { issuer: 'i', subject: 's' }
  const back = { state: record.handle }

  test('is good to the last second', () => {
    expect(decideArrival(record, { authentication, back, now: 1000 })).toEqual({ to: 'judge' })
    expect(decideArrival(record, { authentication, back, now: 1001 })).toMatchObject({ to: 'drop' })
  })

  test.each([
    [1, 0],
    [2, 1],
  ] as const)('of try %i counts %i tries when it is offered again', (attempt, tries) => {
    const asked = { ...record, attempt }
    const failure = new Error('offline')
    expect(decideArrival(asked, { authentication, back, now: 1, failure })).toMatchObject({ tries })
    expect(decideArrival(asked, { authentication, back: null, now: 1 })).toMatchObject({ tries })
    expect(readReturnError({ code: 'server_error' }, asked)).toMatchObject({ tries })
  })

  test('FAULTS 2: only a refused max_age=0 is asked for in another way, and only once', () => {
    const refused = { code: 'invalid_request', description: 'max_age' }
    const again = { to: 'offer again', tries: 1 }
    expect(readReturnError(refused, record)).toMatchObject(again)
    expect(readReturnError(refused, { ...record, attempt: 2 })).toMatchObject({ to: 'drop' })
    const young = { ...record, requirement: { maxAge: 60 } }
    expect(readReturnError(refused, young)).toMatchObject({ to: 'drop' })
    expect(readReturnError({ code: 'strange' }, record)).toMatchObject({ to: 'drop' })
  })

  test('keeps what the provider said as the cause', () => {
    const cause = (code: string, description?: string) =>
      (readReturnError({ code, ...(description && { description }) }, record).error.cause as Error)
        .message
    expect(cause('strange')).toBe('strange')
    expect(cause('strange', 'in a word')).toBe('strange: in a word')
    expect(cause('unmet_authentication_requirements')).toBe('unmet_authentication_requirements')
    expect(readReturnError({ code: 'access_denied' }, record).error.reason).toBe('provider')
  })
})

describe('an action', () => {
  test('says where its variables do not fit', async () => {
    const schema = v.object({ to: v.object({ id: v.string() }), sum: v.number() })
    const pay = defineAction({
      ...{ id: 'pay', requirement: 300, schema },
      ...{ run: () => null, describe: () => 'Pay' },
    })
    const client = createStepUpClient({
      ...{ adapter: createFakeAdapter(), environment: createFakeEnvironment(), actions: [pay] },
    })
    const call = client.requireFreshAuth()(pay, { to: { id: 7 }, sum: 'x' } as never)
    await expect(call).rejects.toThrow(/"pay" do not fit its schema: to\.id: .+; sum: /)
  })

  test('says what it lacks', () => {
    const whole = { id: 'a', requirement: 300, run: () => null, describe: () => 'A' }
    for (const id of ['', undefined, 7]) {
      expect(() => defineAction({ ...whole, id } as never)).toThrow('an `id`')
    }
    for (const name of ['run', 'describe']) {
      expect(() => defineAction({ ...whole, [name]: undefined } as never)).toThrow(
        'defineAction("a") needs the functions',
      )
    }
    expect(() =>
      defineAction({ ...whole, requirement: 'a policy' as never } as never),
    ).not.toThrow()
    expect(() => defineAction({ ...whole, requirement: -1 } as never)).toThrow('Not a requirement')
  })
})

describe('a call', () => {
  test('whose label is cut in the middle of a character says where', async () => {
    const cut = defineAction({
      id: 'cut',
      requirement: 300,
      run: () => 1,
      describe: () => 'Delete \ud83d',
    })
    const tab = openTab({ more: [cut] })
    void follow(tab.client.requireFreshAuth()(cut))
    await settle()
    expect(tab.state).toMatchObject({ waiting: [{ label: 'Delete \ufffd' }] })
  })

  test('leaves no listener on the signal that it was given', async () => {
    const tab = openTab({ authentication: {} })
    tab.adapter.age(10)
    await settle()
    const { signal } = new AbortController()
    const add = vi.spyOn(signal, 'addEventListener')
    const remove = vi.spyOn(signal, 'removeEventListener')
    const remove300 = tab.client.requireFreshAuth(300)
    await remove300(tab.deleteProject, { id: 'apollo' }, { signal })
    await expect(remove300(() => Promise.reject(new Error('no')), { signal })).rejects.toThrow('no')
    expect(add).toHaveBeenCalledTimes(2)
    expect(remove.mock.calls).toEqual(add.mock.calls)
  })

  test('with variables that cannot be copied goes on where nobody has to leave', async () => {
    const seen: unknown[] = []
    const schema: StandardSchemaV1<{ done: () => void }> = {
      '~standard': {
        version: 1,
        vendor: 'test',
        validate: (value) => ({ value: value as { done: () => void } }),
      },
    }
    const action = defineAction({
      ...{ id: 'with.function', requirement: 300, schema },
      run: (variables) => seen.push(variables),
      describe: () => 'Do it',
    })
    const tab = openTab({ more: [action] })
    tab.offerPassword()
    const variables = { done: () => undefined }
    const call = follow(tab.client.requireFreshAuth()(action, variables))
    await settle()
    await tab.submit()
    expect(call.status).toBe('done')
    expect(seen).toEqual([variables])
  })
})
