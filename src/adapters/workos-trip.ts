import type { Trip, TripMethod } from '../core/adapter.js'
import { defined } from '../core/defined.js'
import type { AuthKit } from './workos.js'

/** The SDK keeps one verifier per tab, the last one: addresses are built one after the other. */
let building: Promise<unknown> = Promise.resolve()

/** To AuthKit and back, in this tab or in a window. */
export function createTripMethod(
  label: string | undefined,
  ready: () => Promise<AuthKit>,
  organization: () => string | undefined,
): TripMethod {
  async function build({ handle: state, loginHint, signal, ...trip }: Trip): Promise<URL> {
    const authkit = await ready()
    signal.throwIfAborted()
    // Without a hint another person than this one is to sign in, perhaps of another organization.
    const person = loginHint ? defined({ loginHint, organizationId: organization() }) : {}
    const url = new URL(await authkit.getSignInUrl({ state, ...person }))
    // The SDK knows neither max_age nor prompt; 0 asks in any case.
    const maxAge = trip.prompt ? 0 : trip.maxAge
    if (maxAge !== undefined) url.searchParams.set('max_age', String(maxAge))
    return url
  }
  function prepare(trip: Trip): Promise<URL> {
    const url = building.then(() => build(trip))
    building = url.catch(() => undefined)
    return url
  }
  return {
    ...{ type: 'redirect', id: 'authkit', label, popup: true, prepare },
    async start(trip) {
      window.location.assign(await prepare(trip))
    },
  }
}
