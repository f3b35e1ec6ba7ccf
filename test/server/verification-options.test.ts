import { describe, expect, it } from 'vitest'
import {
  createMemoryAttempts,
  createMemoryVerificationStore,
  createVerificationHandler,
  type VerificationOptions,
} from '../../src/server/index.js'
import { NOW } from './tokens.js'

describe('options', () => {
  const base: VerificationOptions = {
    authenticate: () => null,
    methodsOf: () => [],
    onReauthenticated: () => undefined,
    store: createMemoryVerificationStore(),
    attempts: createMemoryAttempts(),
  }
  it.each<[string, object]>([
    ['authenticate', { authenticate: undefined }],
    ['methodsOf', { methodsOf: [] }],
    ['onReauthenticated', { onReauthenticated: undefined }],
    ['store', { store: null }],
    ['attempts', { attempts: undefined }],
    ['attemptLimit', { attemptLimit: 0 }],
    ['attemptWindow', { attemptWindow: 1.5 }],
    ['code.length', { code: { deliver: () => undefined, length: 3 } }],
    ['code.expiresIn', { code: { deliver: () => undefined, expiresIn: Infinity } }],
    ['code.resendIn', { code: { deliver: () => undefined, expiresIn: 60, resendIn: 61 } }],
    ['origin', { origins: ['https://app.example/'] }],
    ['origin', { origins: ['*'] }],
  ])('that could not be enforced are refused at once: %s', (name, changes) => {
    const make = () => createVerificationHandler({ ...base, ...changes })
    expect(make).toThrow(TypeError)
    expect(make).toThrow(name)
  })
})

describe('the memory stores', () => {
  it('forget what is over', async () => {
    let now = NOW
    const store = createMemoryVerificationStore(() => now)
    const attempts = createMemoryAttempts(() => now)
    store.set('a', 'x', 10)
    expect(attempts.count('a', 10)).toEqual({ count: 1, endsIn: 10 })
    now += 4
    expect(attempts.count('a', 10)).toEqual({ count: 2, endsIn: 6 })
    expect(attempts.peek('a')).toEqual({ count: 2, endsIn: 6 })
    expect(attempts.peek('b')).toEqual({ count: 0, endsIn: 0 })
    now += 5
    expect(store.get('a')).toBe('x')
    now += 1
    expect(store.get('a')).toBeNull()
    expect(attempts.peek('a')).toEqual({ count: 0, endsIn: 0 })
    expect(store.take('a', 'x')).toBe(false)
    expect(attempts.count('a', 10)).toEqual({ count: 1, endsIn: 10 })
  })

  it('give a value to one taker, and only the value that was meant', () => {
    const store = createMemoryVerificationStore(() => NOW)
    store.set('a', 'x', 10)
    store.set('a', 'y', 10)
    expect(store.take('a', 'x')).toBe(false)
    expect([store.take('a', 'y'), store.take('a', 'y')]).toEqual([true, false])
  })
})
