import type { Definition } from './action.js'
import type { Authentication } from './authentication.js'
import type { Context } from './context.js'
import type { StepUpError } from './errors.js'
import { evaluateProof } from './freshness.js'
import type { Prompt, Waiting } from './machine.js'
import { insufficientAcr, stillStale } from './refusals.js'
import type { Requirement } from './requirement.js'
import { implies, mergeRequirements } from './requirement.js'
import type { Session } from './session.js'
import type { StoredAction } from './trip.js'

/** What a proof is judged against. */
export interface Paused {
  readonly requirement: Requirement
  /** `authTime` must move, whatever its age. */
  readonly advance: boolean
  /** `authTime` when it was paused. */
  readonly before?: number
  /** Seconds since the epoch, this machine's clock. */
  readonly pausedAt: number
}

/** One call, or one action back from a trip, that waits for a proof. */
export interface Entry extends Waiting, Paused {
  readonly definition: Definition | null
  /** As the caller gave them: what the schema takes in again after a trip. */
  readonly variables: unknown
  readonly requestId: string
  /** Counts up with the calls: a later one may be the first to know that it must wait. */
  readonly order: number
  /** The variable that keeps the action on this page, if there is one. */
  readonly tiedBy: string | null
  readonly why: Prompt['why']
  /** Proofs sought for it that did not do. */
  readonly tries: 0 | 1
  readonly resolve: () => void
  readonly reject: (error: StepUpError) => void
}

export interface Group {
  readonly requirement: Requirement
  readonly entries: readonly [Entry, ...Entry[]]
}

const isSingleUse = ({ maxAge }: Requirement) => maxAge === 0

/**
 * The entries that one proof can serve: the first, and whoever has common ground with those before.
 * Two uses of `maxAge: 0` never share a proof. `committed` is what was asked for already.
 */
export function gather(entries: readonly Entry[], committed?: Requirement): Group | null {
  const fitting = committed
    ? entries.filter((entry) => implies(committed, entry.requirement))
    : entries
  const [first, ...rest] = fitting
  if (!first) return null
  const group: [Entry, ...Entry[]] = [first]
  let requirement = committed ?? first.requirement
  for (const entry of rest) {
    if (entry.tries !== first.tries) continue
    if (isSingleUse(entry.requirement) && isSingleUse(requirement)) continue
    const merged = committed ?? mergeRequirements(requirement, entry.requirement)
    if (!merged) continue
    requirement = merged
    group.push(entry)
  }
  return { requirement, entries: group }
}

/** The prompt begins: what one use of `maxAge: 0` was proved with does not prove the next. */
export const promptedAt = (entries: readonly Entry[], authTime: number | null): readonly Entry[] =>
  entries.map((entry) =>
    isSingleUse(entry.requirement) && authTime !== null ? { ...entry, before: authTime } : entry,
  )

/** What of them is shown: variables are nobody's business but the action's. */
export const shownOf = ([first, ...rest]: Group['entries']): Prompt['waiting'] => {
  const show = ({ label, requirement, resumable }: Entry): Waiting => ({
    label,
    requirement,
    resumable,
  })
  return [show(first), ...rest.map(show)]
}

/** What a dialog shows of them. */
export const promptFor = (
  { entries, requirement }: Group,
  authentication: Authentication,
  methods: Prompt['methods'],
  step: number,
): Prompt => ({
  why: entries[0].why,
  attempt: entries[0].tries === 0 ? 1 : 2,
  step,
  waiting: shownOf(entries),
  ...{ authentication, requirement, methods },
})

/** Those who are fresh by now, because of what others waited for: nobody asks them. */
export const freshAmong = (
  entries: readonly Entry[],
  { unmet }: Pick<Session, 'unmet'>,
): readonly Entry[] =>
  entries.filter(
    ({ advance, requirement, tries }) => tries === 0 && !advance && unmet(requirement) === null,
  )

export interface Evidence {
  readonly authentication: Authentication
  readonly age: number | null
  /** Seconds since the epoch, this machine's clock. */
  readonly now: number
  readonly skew: number
}

/** What is known now of an authentication. */
export const evidenceOf = (
  { environment, limits, session }: Pick<Context, 'environment' | 'limits' | 'session'>,
  authentication: Authentication,
): Evidence => ({
  authentication,
  age: session.age(),
  now: environment.clock.now().wall,
  skew: limits.skew,
})

/** Whether a proof does for what was paused: `null`, or why not. Only staleness is worth a second try. */
export function judge(
  { requirement, advance, before, pausedAt }: Paused,
  tries: 0 | 1,
  { authentication, age, now, skew }: Evidence,
): { readonly error: StepUpError; readonly again: boolean } | null {
  const unmet = evaluateProof(requirement, authentication, {
    age,
    before,
    pausedFor: now - pausedAt,
    advance: advance || tries > 0,
    skew,
  })
  if (unmet === null) return null
  if (unmet === 'acr') return { error: insufficientAcr(), again: false }
  return { error: stillStale(), again: tries === 0 }
}

/** The verdict on everybody whom a proof was asked for, and on those whom it serves by the way. */
export function judgeAll(entries: readonly Entry[], group: Group | null, evidence: Evidence) {
  const asked = new Set(group?.entries)
  return entries
    .map((entry) => ({ entry, refusal: judge(entry, entry.tries, evidence) }))
    .filter(
      ({ entry, refusal }) => asked.has(entry) || (!refusal && !isSingleUse(entry.requirement)),
    )
}

/** What a record keeps of those who wait; `group` is whom the trip is for. */
export function toStored(entries: readonly Entry[], group: Group): readonly StoredAction[] {
  const asked = new Set(group.entries)
  const kept = entries.filter(({ definition, resumable }) => definition !== null || !resumable)
  return kept.map((entry) => ({
    id: entry.definition?.id ?? null,
    ...(entry.variables !== undefined && { variables: entry.variables }),
    label: entry.label,
    requirement: entry.requirement,
    requestId: entry.requestId,
    challenged: entry.why === 'challenged',
    advance: entry.advance,
    ...(entry.before !== undefined && { before: entry.before }),
    pausedAt: entry.pausedAt,
    asked: asked.has(entry),
  }))
}
