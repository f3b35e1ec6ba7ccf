import { describe, expect, test } from 'vitest'
import { mayBeChallenged, placesIn, setJudged } from '../../src/core/refused.js'

const error = [{ message: 'no' }]

describe('what a run gave back or threw may hold a challenge', () => {
  test.each<[string, unknown]>([
    ['a 401', { status: 401 }],
    ['a 403', { status: 403 }],
    ['errors of GraphQL', { errors: error }],
    ['the same, as Apollo calls them', { graphQLErrors: error }],
    ['the answer inside an error of axios, ky or ofetch', { response: { status: 401 } }],
    ['the answer inside an error of urql', { error: { response: { status: 403 } } }],
    ['a network error of Apollo', { networkError: { status: 401 } }],
  ])('in %s', (_, value) => {
    expect(mayBeChallenged(value)).toBe(true)
  })

  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a text', '401'],
    ['any other status', { status: 400 }],
    ['a status that is text', { status: '401' }],
    ['errors that are no list', { errors: 'no', graphQLErrors: {} }],
    ['an answer three levels down', { error: { error: { response: { status: 401 } } } }],
  ])('not in %s', (_, value) => {
    expect(mayBeChallenged(value)).toBe(false)
  })

  test('not in what lets nobody look, as a window of another origin does', () => {
    const refuse = () => {
      throw new DOMException('Blocked', 'SecurityError')
    }
    expect(mayBeChallenged(new Proxy({}, { get: refuse }))).toBe(false)
  })

  test('not where it has been decided already', () => {
    const response = new Response(null, { status: 401 })
    expect(mayBeChallenged({ response })).toBe(true)
    setJudged(response)
    expect(mayBeChallenged({ response })).toBe(false)
  })

  test('looked for two levels deep, and only where clients keep it', () => {
    const inner = { status: 401 }
    const middle = { response: inner, other: { status: 1 } }
    const outer = { error: middle, data: { status: 2 } }
    expect(placesIn(outer)).toEqual([outer, middle, inner])
    expect(placesIn('text')).toEqual([])
  })

  test('in a value that contains itself it is looked for once', () => {
    const value: Record<string, unknown> = { status: 200 }
    value['error'] = value
    expect(mayBeChallenged(value)).toBe(false)
  })
})
