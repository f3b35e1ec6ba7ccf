import { UnsecuredJWT } from 'jose'
import { createTokenAdapter } from 'react-step-up/adapters/token'
import type { Trip, TripMethod } from 'react-step-up'
import type { AuthSystem } from './contract.js'

/** An app that keeps its token itself, and has written its way to the provider by hand. */
export function startTokenSystem(): Promise<AuthSystem> {
  let now = 1_800_000_000
  let held: string | null = null
  /** What the provider has for a code. */
  const codes = new Map<string, string>()
  const listeners = new Set<() => void>()
  const token = (sub: string, auth_time: number) =>
    new UnsecuredJWT({ iss: 'https://id.test', sub, auth_time, iat: now }).encode()
  const keep = (next: string | null) => {
    held = next
    for (const listener of listeners) listener()
    return Promise.resolve()
  }
  let offline = false
  let left: Trip | undefined
  const adapter = createTokenAdapter({
    getToken: () => (offline ? Promise.reject(new Error('offline')) : held),
    subscribe(onChange) {
      listeners.add(onChange)
      return () => listeners.delete(onChange)
    },
    redirect: (trip) => void (left = trip),
    async complete({ searchParams }) {
      const code = searchParams.get('code') ?? ''
      const next = codes.get(code)
      codes.delete(code)
      if (next !== undefined) await keep(next)
    },
  })
  return Promise.resolve({
    adapter,
    signIn: (person, age = 0) => keep(token(person, now - age)),
    signOut: () => keep(null),
    async refresh() {
      const { sub = '', auth_time } = UnsecuredJWT.decode(held ?? '').payload
      now += 60
      await keep(token(sub, Number(auth_time)))
    },
    breakDown: () => void (offline = true),
    async travel(trip, person) {
      const methods = await adapter.methods(trip.requirement, { issuer: '', subject: person })
      await (methods[0] as TripMethod).start(trip)
      codes.set('once', token(person, now))
      return new URL(`https://app.test/callback?code=once&state=${left?.handle ?? ''}`)
    },
    stop: () => undefined,
  })
}
