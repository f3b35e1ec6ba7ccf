import type { Method } from '../core/adapter.js'
import type { Authentication } from '../core/authentication.js'
import { maskDestination } from '../core/destination.js'
import type { StepUpError } from '../core/errors.js'
import type { Prompt, Waiting } from '../core/machine.js'
import type { Failure, Messages } from './messages.js'

/** What an action says of itself; a function says nothing. */
export interface Labelled {
  readonly label: string | null
}

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
export function linesOf(all: readonly Labelled[], { unnamed }: Messages): readonly string[] {
  const named = all.flatMap(({ label }) => label ?? [])
  const others = all.length - named.length
  return others > 0 ? [...named, unnamed(others)] : named
}

/** The same in one sentence. */
export const listOf = (all: readonly Labelled[], messages: Messages): string =>
  new Intl.ListFormat(messages.locale).format(linesOf(all, messages))

/** `rtl` where the language is written in a script that runs from right to left. */
export const directionOf = (locale: string): 'ltr' | 'rtl' =>
  /^(Adlm|Arab|Hebr|Nkoo|Rohg|Syrc|Thaa)$/.test(new Intl.Locale(locale).maximize().script ?? '')
    ? 'rtl'
    : 'ltr'

/** The name and the address of a person, who knows them by half: whoever looks on learns no more. */
export function personOf(account: Authentication['account']): readonly string[] {
  const known = [account?.name, account?.loginHint].flatMap((text) => text?.trim() || [])
  return [...new Set(known.map((text) => (REACHABLE.test(text) ? maskDestination(text) : text)))]
}

/** What mail, or a call, would reach; other names of an account say nothing. */
const REACHABLE = /.@|^\+?[\d\s()./-]{6,}$/

/** Why the person is asked now; `age` in seconds. */
export function reasonOf(
  { why, requirement, attempt }: Prompt,
  { type }: Method,
  age: number | null,
  messages: Messages,
): string {
  if (attempt === 2 && type === 'redirect') return messages.secondTry
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

/** Where a trip leads to, in words. */
export function placeOf({ label }: Method, issuer: string, { signInPage }: Messages): string {
  if (label !== undefined && label.trim() !== '') return label
  try {
    return new URL(issuer).host || signInPage
  } catch {
    return signInPage
  }
}

/** What a method is called among others. */
export function nameOf(method: Method, issuer: string, messages: Messages): string {
  if (method.type === 'redirect') return placeOf(method, issuer, messages)
  if (method.label !== undefined && method.label.trim() !== '') return method.label
  if (method.type === 'code') return own(messages.codeNames, method.channel) ?? messages.codeName
  return messages.methodNames[method.type]
}

/** `42 seconds`, `5 minutes`: never less than what is left. */
export function durationOf(seconds: number, locale: string): string {
  const [unit, size] = seconds > 90 ? (['minute', 60] as const) : (['second', 1] as const)
  const format = new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' })
  return format.format(Math.ceil(seconds / size))
}

const own = <Value>(table: Readonly<Record<string, Value>>, name: string): Value | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined

/** Whether an error is about what was typed. */
export const isOfField = ({ type }: Method, { code }: Pick<StepUpError, 'code'>): boolean =>
  (type === 'password' || type === 'code') &&
  (code === 'invalid_credentials' || code === 'code_expired')

/** What an error comes to for the person. What a provider says of it is never shown. */
export function failureOf(
  { code, reason }: Pick<StepUpError, 'code' | 'reason'>,
  retry: boolean,
  messages: Messages,
  type?: Method['type'],
): Failure {
  const { failures, inPage, ofMethods, retryable, windows } = messages
  const ofWindow = reason && windows[reason]
  if (ofWindow) return ofWindow
  const stays = type !== undefined && type !== 'redirect'
  const ofMethod = stays && (ofMethods[type]?.[code] ?? inPage[code])
  if (ofMethod) return ofMethod
  // An error of another version of the library may have a code that is not known here.
  const known: Partial<Messages['failures']> = failures
  return (retry ? retryable[code] : undefined) ?? own(known, code) ?? failures.provider_error
}
