import { kindOf } from './handle.js'
import type { Requirement } from './requirement.js'
import { isMaxAge, toRequirement } from './requirement.js'
import { parseStored, isObject } from './storable.js'

/**
 * `leaving`: on the way. `returned`: proved, waits for the person's click. `claimed`: the click was
 * made; found at start-up it means that nobody knows how the run ended. `cancelled`: a tombstone.
 */
export type Phase = 'leaving' | 'returned' | 'claimed' | 'cancelled'

export interface StoredAction {
  /** `null`: a closure, of which only its place is known. */
  readonly id: string | null
  readonly variables?: unknown
  readonly label: string | null
  readonly requirement: Requirement
  readonly requestId: string
  /** The server asked for this proof. */
  readonly challenged: boolean
  /** `authTime` must move, whatever its age. */
  readonly advance: boolean
  /** `authTime` when the action was paused. */
  readonly before?: number
  /** Seconds since the epoch, this machine's clock. */
  readonly pausedAt: number
  /** `false`: it needs a proof of its own, after this one. */
  readonly asked: boolean
}

export interface TripRecord {
  readonly handle: string
  /** The `state` that comes back, where the SDK makes its own. */
  readonly binding?: string
  readonly actions: readonly StoredAction[]
  /** What the provider was asked for. */
  readonly requirement: Requirement
  readonly issuer: string
  readonly subject: string
  readonly returnTo: string
  /** How far the page was scrolled: left and top, in CSS pixels. */
  readonly scroll?: readonly [number, number]
  /** What was typed into forms, by their keys. */
  readonly draft?: Readonly<Record<string, unknown>>
  readonly attempt: 1 | 2
  readonly expiresAt: number
  readonly phase: Phase
  /** The code in the address is being spent: never spend it again. */
  readonly spending?: boolean
}

const PHASES: readonly unknown[] = ['leaving', 'returned', 'claimed', 'cancelled']

/** Whether the `state` that came back is the end of this trip. */
export const isReturnOf = (record: TripRecord | null, state: string): record is TripRecord =>
  state === record?.handle || state === record?.binding

/** A tombstone: its caller was told that nothing was done. */
export const isGivenUp = ({ phase }: TripRecord): boolean => phase === 'cancelled'

/** The path, if following it stays on `origin`; else `/`. */
export function safePath(path: string, origin: string): string {
  // URL drops tabs and line breaks before it parses, so they could hide a second slash.
  const hidden = /[\p{Cc}\\]/u.test(path)
  if (hidden || !path.startsWith('/') || path.startsWith('//') || /%0[ad]/i.test(path)) return '/'
  try {
    const url = new URL(path, origin)
    // Resolving dots can leave two slashes, which would start the name of a host.
    if (url.origin !== origin || url.pathname.startsWith('//')) return '/'
    return url.pathname + url.search + url.hash
  } catch {
    return '/'
  }
}

/** The record in a stored text; `null` for whatever this library did not write. */
export function parseRecord(text: string, origin: string): TripRecord | null {
  try {
    const value = parseStored(text)
    return isRecord(value) && value.returnTo === safePath(value.returnTo, origin) ? value : null
  } catch {
    return null
  }
}

const isText = (value: unknown): value is string => typeof value === 'string'
const isPlace = (value: unknown) =>
  Array.isArray(value) && value.length === 2 && value.every((side) => typeof side === 'number')
const isTime = (value: unknown): value is number => typeof value === 'number' && value > 0

function isRecord(value: unknown): value is TripRecord {
  if (!isObject(value)) return false
  const { handle, binding, actions, requirement, scroll, draft, attempt, phase, spending } = value
  return (
    isText(handle) &&
    kindOf(handle) === 'r' &&
    (binding === undefined || isText(binding)) &&
    Array.isArray(actions) &&
    actions.every(isStoredAction) &&
    isStoredRequirement(requirement) &&
    isText(value.issuer) &&
    isText(value.subject) &&
    isText(value.returnTo) &&
    (scroll === undefined || isPlace(scroll)) &&
    (draft === undefined || isObject(draft)) &&
    (attempt === 1 || attempt === 2) &&
    isTime(value.expiresAt) &&
    PHASES.includes(phase) &&
    (spending === undefined || spending === true)
  )
}

function isStoredAction(value: unknown): value is StoredAction {
  if (!isObject(value)) return false
  const { id, label, before } = value
  return (
    (id === null || isText(id)) &&
    (label === null || isText(label)) &&
    isStoredRequirement(value.requirement) &&
    isText(value.requestId) &&
    typeof value.challenged === 'boolean' &&
    typeof value.advance === 'boolean' &&
    typeof value.asked === 'boolean' &&
    (before === undefined || typeof before === 'number') &&
    isTime(value.pausedAt)
  )
}

function isStoredRequirement(value: unknown): value is Requirement {
  if (!isObject(value) || (value.maxAge !== undefined && !isMaxAge(value.maxAge))) return false
  try {
    return toRequirement(value as Requirement) === value
  } catch {
    return false
  }
}
