import type { Environment } from './environment.js'

/** In the storage that all windows share, by handle: until when somebody of this browser is away with it. */
const AWAY = 'react-step-up.away.'

type Place = Pick<Environment, 'clock' | 'shared'>

/** Somebody leaves with `handle`, for `seconds` at most, and comes back in another window. */
export function expectBack({ clock, shared }: Place, handle: string, seconds: number): void {
  const now = clock.now().wall
  try {
    for (const name of shared.names()) {
      if (name.startsWith(AWAY) && !(Number(shared.read(name)) >= now)) shared.remove(name)
    }
    shared.write(AWAY + handle, String(now + seconds))
  } catch {
    // Where nothing can be stored, nothing is asked below either.
  }
}

/** They are back, and nobody comes with it again. */
export function notExpected({ shared }: Pick<Place, 'shared'>, handle: string): void {
  try {
    shared.remove(AWAY + handle)
  } catch {
    // It is swept out later.
  }
}

/**
 * Whether somebody of this browser has left with `handle`. A stranger can make up an address with a handle
 * and a code of their own: to spend that would sign the person in as the stranger (RFC 6749 10.12).
 */
export function isAway({ clock, shared }: Place, handle: string): boolean {
  try {
    return Number(shared.read(AWAY + handle)) >= clock.now().wall
  } catch {
    return true
  }
}
