import type { Method, TripMethod } from '../core/adapter.js'
import type { StepUpError } from '../core/errors.js'
import type { Prompt, Waiting } from '../core/machine.js'
import type { Failure, Messages } from './messages.js'

/** What an action says of itself; a function says nothing. */
export type Label = string | null

const UNITS = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const

/** `3 hours ago`: the largest unit that fits, never rounded up. */
export function ago(seconds: number, locale: string): string {
  const [unit, size] = UNITS.find(([, size]) => seconds >= size) ?? ['second', 1]
  return new Intl.RelativeTimeFormat(locale).format(-Math.floor(seconds / size), unit)
}

/** One line for each label, and one for all that have none. */
export function linesOf(labels: readonly Label[], { unnamed }: Messages): readonly string[] {
  const named = labels.filter((label) => label !== null)
  const others = labels.length - named.length
  return others > 0 ? [...named, unnamed(others)] : named
}

/** The same in one sentence. */
export const listOf = (labels: readonly Label[], messages: Messages): string =>
  new Intl.ListFormat(messages.locale).format(linesOf(labels, messages))

/** Why the person is asked now; `age` in seconds. */
export function reasonOf(
  { why, requirement, attempt }: Prompt,
  age: number | null,
  messages: Messages,
): string {
  if (attempt === 2) return messages.secondTry
  if (why === 'acr') return messages.stronger
  if (why === 'challenged') return messages.challenged
  if (why === 'no_auth_time' || age === null) return messages.ageUnknown
  return requirement.maxAge === 0 ? messages.everyTime : messages.stale(ago(age, messages.locale))
}

/** What will be there when the person is back. */
export function promiseOf(waiting: readonly Waiting[], messages: Messages): string {
  if (waiting.every(({ resumable }) => resumable)) return messages.comesBack
  const some = waiting.some(({ resumable }) => resumable)
  return some ? messages.somePressLater : messages.pressLater
}

/** Those that can be offered here: the others come with dialogs of their own. */
export const usable = (methods: readonly Method[]): readonly TripMethod[] =>
  methods.filter((method) => method.type === 'redirect')

/** Where a trip leads to, in words. */
export function placeOf({ label }: Method, issuer: string, { signInPage }: Messages): string {
  if (label !== undefined && label.trim() !== '') return label
  try {
    return new URL(issuer).host || signInPage
  } catch {
    return signInPage
  }
}

/** What an error comes to for the person. What a provider says of it is never shown. */
export function failureOf(
  { code, reason }: Pick<StepUpError, 'code' | 'reason'>,
  retry: boolean,
  messages: Messages,
): Failure {
  const { failures, retryable, windows } = messages
  const ofWindow = reason && windows[reason]
  if (ofWindow) return ofWindow
  // An error of another version of the library may have a code that is not known here.
  const known: Partial<Messages['failures']> = failures
  return (retry ? retryable[code] : undefined) ?? known[code] ?? failures.provider_error
}

export const labelsOf = (items: readonly { readonly label: Label }[]): readonly Label[] =>
  items.map(({ label }) => label)
