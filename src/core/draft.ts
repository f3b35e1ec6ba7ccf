import type { TripReturn } from './adapter.js'
import type { Authentication } from './authentication.js'
import { samePerson } from './authentication.js'
import type { Context } from './context.js'
import type { PageEnvironment } from './environment.js'
import { notify } from './notify.js'
import { isObject, parseStored } from './storable.js'
import { COPY } from './storage.js'

/** What is typed into one form, or was when the page was left. */
export interface Draft {
  readonly value: unknown
  /** Out of storage: it may be anything that JSON can say. */
  readonly restored: boolean
}

/** The drafts of one page, by their keys; whatever must outlive a trip goes into its record. */
export interface Drafts {
  /** Synchronous, so that the first render after a trip has it. */
  read(key: string): Draft | undefined
  write(key: string, value: unknown): void
  /** Somebody shows this draft; `secret`: names in it that are never stored. Returns how to let go. */
  hold(key: string, secret: readonly string[], listener: () => void): () => void
}

/** The same, as the flow sees them. */
export interface KeptDrafts extends Drafts {
  /** Takes up what the record holds, for whoever mounts after the record is gone. */
  load(): void
  list(): readonly { readonly key: string; readonly value: unknown; readonly secret: Secret }[]
  /** Nobody sees them any more: somebody else is here. */
  wipe(): void
}

/** The drafts of a client, made by whoever first asks for them. */
export type LendDrafts = (create: (context: Context) => KeptDrafts) => KeptDrafts

type Secret = ReadonlySet<string>
interface Slot {
  draft?: Draft
  /** Somebody has shown it on this page. */
  held: boolean
  readonly secret: Set<string>
  readonly listeners: Set<() => void>
}

/**
 * Drafts are shown before it is known who is here: a form that fills a moment later has lost its focus
 * and its caret, and "no flash" is what people notice. What makes that safe: it is this tab's own
 * storage, the text was on this very screen when the page left, minutes ago (an older record waits until
 * its person is known), and the app's own sign-in gate stands before the form. Once another person is
 * known to be here, all of it is gone in the same step, before anything is rendered for that person.
 */
export function createDrafts({ arrived, environment, session, store }: Context): KeptDrafts {
  const slots = new Map<string, Slot>()
  /** Whose drafts these are, as far as anybody knows. */
  let owner: Person | null = session.authentication()
  /** Waits until its person is known. */
  let late: Values = {}
  let loaded = false
  /** Something came back, and the flow has not said a word about it yet. */
  let arriving = false

  function slotOf(key: string): Slot {
    const slot = slots.get(key) ?? { held: false, secret: new Set(), listeners: new Set() }
    slots.set(key, slot)
    return slot
  }

  function restore(values: Values): void {
    for (const [key, value] of Object.entries(values)) {
      const slot = slotOf(key)
      slot.draft ??= { value, restored: true }
      notify(slot.listeners)
    }
  }

  function load(): void {
    if (loaded) return
    loaded = true
    const kept = peekDraft(environment, arrived.answer)
    if (!kept) return
    arriving = true
    owner = kept
    if (environment.clock.now().wall > kept.expiresAt) late = kept.draft
    else restore(kept.draft)
    recheck()
  }

  function wipe(): void {
    late = {}
    for (const slot of slots.values()) {
      delete slot.draft
      notify(slot.listeners)
    }
  }

  function recheck(): void {
    const now = session.authentication()
    if (!now) return
    if (owner && !samePerson(owner, now)) wipe()
    owner = now
    restore(late)
    late = {}
  }

  /** As with `useState`, a form that was closed begins anew; not so one that an SDK takes off the page for a while. */
  function sweep(): void {
    if (arriving || store.getState().status !== 'idle') return
    for (const [key, { held, listeners }] of slots) {
      if (held && listeners.size === 0) slots.delete(key)
    }
  }

  session.subscribe(recheck)
  store.subscribe(() => {
    arriving = false
    sweep()
  })

  return {
    load,
    wipe,
    list: () =>
      [...slots].flatMap(([key, { draft, secret }]) =>
        draft ? [{ key, value: draft.value, secret }] : [],
      ),
    read(key) {
      load()
      return slots.get(key)?.draft
    },
    write(key, value) {
      const slot = slotOf(key)
      slot.draft = { value, restored: false }
      slot.held = true
      notify(slot.listeners)
    },
    hold(key, secret, listener) {
      const slot = slotOf(key)
      slot.held = true
      slot.listeners.add(listener)
      for (const name of secret) slot.secret.add(name)
      return () => {
        slot.listeners.delete(listener)
        // A moment later: StrictMode and fast refresh let go and hold again at once.
        queueMicrotask(sweep)
      }
    },
  }
}

type Person = Pick<Authentication, 'issuer' | 'subject'>
type Values = Readonly<Record<string, unknown>>
interface Kept extends Person {
  readonly expiresAt: number
  readonly draft: Values
}

/** The draft of the record that this page will take up; the rest of it is read when the flow is loaded. */
function peekDraft(
  { storage, shared }: Pick<PageEnvironment, 'storage' | 'shared'>,
  answer: TripReturn | null,
): Kept | null {
  try {
    const slot = parseStored(storage.read() ?? 'null')
    // A link out of a mail opens another tab, which finds a copy.
    const copy = answer && !isBack(slot, answer) ? shared.read(COPY + answer.state) : null
    const record = copy === null ? slot : parseStored(copy)
    if (!isObject(record) || !isObject(record.draft)) return null
    const { issuer, subject, expiresAt, draft, phase } = record
    // The page that gave this trip up had the draft, and whatever became of it since.
    if (phase === 'cancelled' && !isBack(record, answer)) return null
    const known = typeof issuer === 'string' && typeof subject === 'string'
    return known && typeof expiresAt === 'number' ? { issuer, subject, expiresAt, draft } : null
  } catch {
    return null
  }
}

const isBack = (record: unknown, answer: TripReturn | null): boolean =>
  isObject(record) &&
  answer !== null &&
  (answer.state === record.handle || answer.state === record.binding)

/**
 * What a form makes of its draft: `initial` where there is none, or where lists and objects are not
 * where they were, because the record is of another release or no record of ours. What `initial` has
 * and the draft has not (a secret, a new field) comes from `initial`.
 */
export function readDraft<T>(draft: Draft | undefined, initial: T): T {
  if (!draft) return initial
  if (!draft.restored) return draft.value as T
  if (!fits(draft.value, initial)) return initial
  return isObject(draft.value) ? { ...initial, ...(draft.value as T) } : (draft.value as T)
}

/** Texts, numbers and null may stand for each other, as they do in forms. */
function fits(value: unknown, initial: unknown): boolean {
  if (initial === null || initial === undefined || value === null) return true
  if (shapeOf(value) !== shapeOf(initial)) return false
  if (!isObject(value) || !isObject(initial)) return true
  return Object.entries(initial).every(
    ([name, item]) => !(name in value) || fits(value[name], item),
  )
}

const shapeOf = (value: unknown) =>
  Array.isArray(value) ? 'list' : isObject(value) ? 'object' : 'scalar'
