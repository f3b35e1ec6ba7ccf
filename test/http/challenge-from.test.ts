import { describe, expect, test } from 'vitest'
import type { RunContext } from 'react-step-up'
import { challengeFrom, formatChallenge } from 'react-step-up'
import { openFreshTab } from './tab.js'

const MIRROR = { error: 'insufficient_user_authentication', max_age: 300 }
const HEADER = formatChallenge({ scheme: 'Bearer', maxAge: 300 })
const FOUND = { scheme: 'Bearer', maxAge: 300 }

const refused = (more: object = {}) => ({ message: 'no', extensions: { code: 'STEP_UP', ...more } })
const graphQL = (...errors: object[]) => errors

/** The shapes in which GraphQL clients throw or give back what the API says with status 200. */
const CLIENTS: Record<string, (errors: object[]) => unknown> = {
  'Apollo Client 3': (errors) => Object.assign(new Error('no'), { graphQLErrors: errors }),
  'Apollo Client 4': (errors) => Object.assign(new Error('no'), { errors, data: null }),
  urql: (errors) => ({
    data: undefined,
    error: Object.assign(new Error('[GraphQL] no'), {
      graphQLErrors: errors,
      response: Response.json({}),
    }),
  }),
  'graphql-request': (errors) =>
    Object.assign(new Error('no'), {
      response: { status: 200, errors, data: null, headers: new Headers() },
      request: { query: 'mutation' },
    }),
  'a plain client': (errors) => ({ data: null, errors }),
}

describe('GraphQL: the JSON mirror of a challenge in the extensions of an error', () => {
  test.each(Object.entries(CLIENTS))('is read as %s has it', (_, make) => {
    expect(challengeFrom(make(graphQL(refused(), refused(MIRROR))))).toEqual(FOUND)
  })

  test('of several the strictest is asked for, and all the levels they have in common', () => {
    const errors = [
      { ...MIRROR, acr_values: 'mfa phr' },
      { ...MIRROR, max_age: 60 },
      { ...MIRROR, max_age: 900, acr_values: 'phr' },
    ].map((extensions) => refused(extensions))
    expect(challengeFrom({ errors })).toEqual({ scheme: 'Bearer', maxAge: 60, acrValues: ['phr'] })
  })

  test('that names no demand asks for a proof of its own, also beside one that does', () => {
    const bare = refused({ error: MIRROR.error })
    expect(challengeFrom({ errors: [bare] })).toEqual({ scheme: 'Bearer' })
    expect(challengeFrom({ errors: [bare, refused(MIRROR)] })).toEqual({
      scheme: 'Bearer',
      maxAge: 0,
    })
  })

  test.each([
    ['another error', [refused({ ...MIRROR, error: 'UNAUTHENTICATED' })]],
    ['another spelling', [refused({ ...MIRROR, error: 'INSUFFICIENT_USER_AUTHENTICATION' })]],
    ['the code alone', [refused({ code: MIRROR.error })]],
    ['an age that nobody can meet', [refused({ ...MIRROR, max_age: -1 })]],
    ['an age that is none', [refused({ ...MIRROR, max_age: 1.5 })]],
    ['levels that cannot be asked for', [refused({ ...MIRROR, acr_values: '' })]],
    ['levels in another form', [refused({ ...MIRROR, acr_values: ['mfa'] })]],
    [
      'one of two that is not understood',
      [refused(MIRROR), refused({ ...MIRROR, max_age: 'soon' })],
    ],
    ['the same in another order', [refused({ ...MIRROR, max_age: 'soon' }), refused(MIRROR)]],
    [
      'levels without one in common',
      [refused({ ...MIRROR, acr_values: 'a' }), refused({ ...MIRROR, acr_values: 'b' })],
    ],
    ['what is inherited', [{ extensions: Object.create(MIRROR) as object }]],
    [
      'what JSON smuggles in',
      [JSON.parse(`{"extensions":{"__proto__":${JSON.stringify(MIRROR)}}}`)],
    ],
    ['errors that are none', [null, 1, 'x', {}, { extensions: null }, { extensions: 'x' }]],
    ['no errors', []],
  ])('is not in %s', (_, errors) => {
    expect(challengeFrom({ errors })).toBeNull()
  })

  test.each([
    ['nothing', null],
    ['an error without extensions', { message: 'no' }],
    ['an error whose extensions are null', { message: 'no', extensions: null }],
    ['an error of another kind', refused({ error: 'UNAUTHENTICATED' })],
    ['an error that inherits one', { extensions: Object.create(MIRROR) as object }],
  ])('is found beside %s', (_, other) => {
    expect(challengeFrom({ errors: [other, refused(MIRROR)] })).toEqual(FOUND)
    expect(challengeFrom({ errors: [refused(MIRROR), other] })).toEqual(FOUND)
  })

  test('is not looked for in what is no list', () => {
    for (const errors of [{ 0: refused(MIRROR), length: 1 }, 'x', { name: 'required' }]) {
      expect(challengeFrom({ errors })).toBeNull()
    }
  })
})

describe('GraphQL with a status of its own', () => {
  const body = { errors: [refused(MIRROR)] }
  const thrown = (headers: HeadersInit, data: unknown = body) =>
    Object.assign(new Error('401'), {
      response: { status: 401, headers: new Headers(headers), data },
    })

  test('is read from the body where the header is hidden', () => {
    expect(challengeFrom(thrown({}))).toEqual(FOUND)
  })
  test('a header that can be read has the last word', () => {
    expect(challengeFrom(thrown({ 'WWW-Authenticate': 'Bearer error="invalid_token"' }))).toBeNull()
    const stricter = formatChallenge({ scheme: 'DPoP', maxAge: 60 })
    expect(challengeFrom(thrown({ 'WWW-Authenticate': stricter }))).toEqual({
      scheme: 'DPoP',
      maxAge: 60,
    })
  })
})

describe('challengeFrom', () => {
  test.each([
    ['nothing', undefined],
    ['null', null],
    ['a text', HEADER],
    ['an error', new Error(MIRROR.error)],
    ['the mirror without its status', { ...MIRROR }],
    ['a success', Response.json(MIRROR)],
    ['a 500', Response.json(MIRROR, { status: 500, headers: { 'WWW-Authenticate': HEADER } })],
    ['a status without headers', { status: 401, data: MIRROR }],
    ['a text for a status', { status: '401', headers: new Headers(), data: MIRROR }],
    ['an unread body', Response.json(MIRROR, { status: 401 })],
    ['a body that is text', { status: 401, headers: new Headers(), data: JSON.stringify(MIRROR) }],
  ])('finds nothing in %s', (_, value) => {
    expect(challengeFrom(value)).toBeNull()
  })

  test('looks further inside where an error tells only its status, as axios does', () => {
    const response = { status: 401, headers: new Headers({ 'WWW-Authenticate': HEADER }) }
    expect(challengeFrom(Object.assign(new Error('401'), { status: 401, response }))).toEqual(FOUND)
  })

  test('takes headers that answer undefined, or with lists', () => {
    const headers = (value: unknown) => ({ get: () => value })
    expect(challengeFrom({ status: 401, headers: headers(undefined), data: MIRROR })).toEqual(FOUND)
    expect(challengeFrom({ status: 401, headers: headers(['Basic', HEADER]) })).toEqual(FOUND)
  })

  test('never throws, and never runs in circles', () => {
    const circle: Record<string, unknown> = {}
    circle.error = circle.response = circle.networkError = circle
    const hostile = new Proxy(
      {},
      {
        get() {
          throw new Error('another origin')
        },
      },
    )
    for (const value of [circle, hostile, { response: hostile }, { errors: [hostile] }]) {
      expect(challengeFrom(value)).toBeNull()
    }
  })
})

describe('an action over GraphQL', () => {
  type Run = (input: { id: string }, context: RunContext) => unknown
  const twice = (first: () => unknown): Run => {
    let nth = 0
    return () => (nth++ === 0 ? first() : { data: { deleted: true } })
  }

  test.each(Object.entries(CLIENTS))(
    'is run once more after the proof, thrown or given back as %s has it',
    async (_, make) => {
      for (const give of [
        (value: unknown) => value,
        (value: unknown) => {
          throw value as Error
        },
      ]) {
        const { prompts, prove, tab } = await openFreshTab({
          run: twice(() => give(make([refused(MIRROR)]))),
        })
        const call = tab.client.requireFreshAuth()(tab.deleteProject, { id: 'x' })
        await prove()
        expect(await call).toEqual({ data: { deleted: true } })
        expect(tab.run).toHaveBeenCalledTimes(2)
        expect(prompts).toHaveBeenCalledOnce()
      }
    },
  )

  test('gets its other errors as they are', async () => {
    const result = { data: null, errors: [refused({ error: 'UNAUTHENTICATED' })] }
    const { tab } = await openFreshTab({ run: () => result })
    expect(await tab.client.requireFreshAuth()(tab.deleteProject, { id: 'x' })).toBe(result)
  })

  test('may give back what lets nobody look inside, as a window of another origin', async () => {
    const opened = {
      get response(): unknown {
        throw new DOMException('Blocked a frame', 'SecurityError')
      },
    }
    const { tab } = await openFreshTab({ run: () => opened })
    expect(await tab.client.requireFreshAuth()(tab.deleteProject, { id: 'x' })).toBe(opened)
  })
})
