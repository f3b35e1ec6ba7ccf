import { createFakeAdapter, createFakeClock } from 'react-step-up/testing'
import { FAKE_CODE, FAKE_PASSWORD } from '../../src/testing/fake-methods.js'
import type { AuthSystem } from './contract.js'

export function startFakeSystem(): Promise<AuthSystem> {
  const clock = createFakeClock()
  const adapter = createFakeAdapter({ clock, authentication: null })
  adapter.offered = [...adapter.offered, adapter.code]
  const seconds = () => Math.floor(clock.now().wall)
  return Promise.resolve({
    adapter,
    signIn(person, age = 0) {
      const authTime = seconds() - age
      adapter.authentication = {
        ...{ issuer: 'https://id.test', subject: person, authTime, issuedAt: seconds() },
      }
      return Promise.resolve()
    },
    signOut() {
      adapter.authentication = null
      return Promise.resolve()
    },
    refresh() {
      const { authentication } = adapter
      adapter.authentication = authentication && { ...authentication, issuedAt: seconds() }
      return Promise.resolve()
    },
    breakDown() {
      adapter.getAuthentication = () => Promise.reject(new Error('offline'))
    },
    answers: {
      password: { right: FAKE_PASSWORD, wrong: 'guess' },
      code: () => Promise.resolve(FAKE_CODE),
    },
    async travel(trip) {
      void adapter.trip.start(trip)
      return Promise.resolve(new URL(adapter.finishTrip()))
    },
    stop: () => undefined,
  })
}
