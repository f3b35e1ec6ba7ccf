import { describe, expect, test } from 'vitest'
import { readAnswer, readTripReturn } from '../../src/core/answer.js'
import { cleanPath } from '../../src/core/clean-path.js'

const at = (rest: string) => new URL(`https://app.test${rest}`)

describe('what a provider put into the address', () => {
  test('is in its query, or else in its fragment', () => {
    expect(readAnswer(at('/?state=s&code=c'))?.get('code')).toBe('c')
    expect(readAnswer(at('/#state=s&code=c'))?.get('code')).toBe('c')
    expect(readAnswer(at('/?state=query#state=fragment'))?.get('state')).toBe('query')
  })

  test.each(['/', '/?code=c', '/#code=c', '/state', '/#/state=s'])('is not in %s', (rest) => {
    expect(readAnswer(at(rest))).toBeNull()
    expect(readTripReturn(at(rest))).toBeNull()
  })

  test('is read with its state, and its error where it has one', () => {
    expect(readTripReturn(at('/?state=s&code=c'))).toEqual({ state: 's' })
    expect(readTripReturn(at('/#state=s&error=access_denied'))).toEqual({
      state: 's',
      error: { code: 'access_denied' },
    })
    expect(readTripReturn(at('/?state=s&error=e&error_description=Not+now'))).toEqual({
      state: 's',
      error: { code: 'e', description: 'Not now' },
    })
    expect(readTripReturn(at('/?state=&error='))).toEqual({ state: '', error: { code: '' } })
  })

  test('is read as the SDK has written it, where the adapter says how', () => {
    expect(readTripReturn(at('/?state=%22s%22'), (state) => state.slice(1, -1))).toEqual({
      state: 's',
    })
  })

  test.each(['state', 'code', 'error', 'iss'])('is void where %s comes twice', (name) => {
    expect(readTripReturn(at(`/?state=s&${name}=a&${name}=b`))).toBeNull()
    expect(readTripReturn(at('/?state=s&scope=a&scope=b'))).toEqual({ state: 's' })
  })
})

describe('the path to go back to', () => {
  test('is without a provider’s answer, and otherwise as it was', () => {
    const answer = 'code=c&state=s&iss=i&session_state=x&error=e&error_description=d&error_uri=u'
    expect(cleanPath(at(`/a/b?q=1&${answer}&r=2#part`))).toBe('/a/b?q=1&r=2#part')
    expect(cleanPath(at(`/a/b?${answer}`))).toBe('/a/b')
    expect(cleanPath(at(`/a/b?q=1#${answer}`))).toBe('/a/b?q=1')
    expect(cleanPath(at('/#/route?tab=2'))).toBe('/#/route?tab=2')
  })

  test('is never the name of another host', () => {
    expect(cleanPath(at('//evil.test/a'))).toBe('/evil.test/a')
    expect(cleanPath(at('////evil.test//a'))).toBe('/evil.test//a')
  })

  test('leaves the address that it reads alone', () => {
    const url = at('/?state=s')
    cleanPath(url)
    expect(url.href).toBe('https://app.test/?state=s')
  })
})
