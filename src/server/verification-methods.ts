import type { Authentication } from '../core/authentication.js'
import { defined } from '../core/defined.js'
import { maskDestination } from '../core/destination.js'
import type { VerificationOptions } from './verification-options.js'

interface InPage {
  /** One per method of a person. */
  readonly id: string
  readonly label?: string
  /**
   * The level that a session reaches by it, at the end of `next` where there is one. The page offers it
   * where that level is asked for, or none is.
   */
  readonly acr?: string
  /**
   * What is asked for after it, one of these: two steps. Without it, it is enough alone; with a list of
   * nothing that this person can use, also an empty one, it leads nowhere and is not offered.
   */
  readonly next?: readonly VerificationMethod[]
}

/** A way to confirm, as the server knows it. The page sees its `destination` masked, and not its `next`. */
export type VerificationMethod =
  | (InPage & { readonly type: 'password' })
  | (InPage & { readonly type: 'passkey' })
  | (InPage & {
      readonly type: 'code'
      /** `totp`: nothing is sent. */
      readonly channel: 'email' | 'sms' | 'totp' | (string & {})
      /** The whole address or number, for `deliver`. */
      readonly destination?: string
    })
  /** By a route of the app's own that leaves for the provider (`redirect` of `sessionAdapter`). */
  | (Omit<InPage, 'next'> & { readonly type: 'redirect'; readonly next?: undefined })

/** A method as the page may know it. */
export type ListedMethod = Omit<VerificationMethod, 'next'> & { readonly length?: number }

type Parts = Pick<VerificationOptions, 'password' | 'code' | 'totp' | 'passkey'>

/** The part of the options that checks a method. @throws TypeError where there is none. */
function check(method: VerificationMethod, parts: Parts): void {
  if (method.type === 'redirect') return
  const part = method.type === 'code' && method.channel === 'totp' ? 'totp' : method.type
  if (parts[part]) return
  throw new TypeError(
    `\`methodsOf\` gave the method "${method.id}", and nothing checks it: pass \`${part}\` to createVerificationHandler.`,
  )
}

/** Those by which this person can get to the end, and of what comes `next` no others either. */
export async function usableOf<M extends VerificationMethod>(
  methods: readonly M[],
  authentication: Authentication,
  parts: Parts,
): Promise<readonly M[]> {
  const usable: M[] = []
  for (const method of methods) {
    check(method, parts)
    if (method.type === 'passkey' && !(await parts.passkey?.has(authentication))) continue
    const next = method.next && (await usableOf(method.next, authentication, parts))
    if (next?.length !== 0) usable.push(next ? { ...method, next } : method)
  }
  return usable
}

/** Without what the page need not know. */
export function listed(
  method: VerificationMethod,
  { codes }: { readonly codes: { readonly length: number } },
): ListedMethod {
  const { type, id, label, acr } = method
  const { channel, destination } = method.type === 'code' ? method : {}
  return defined({
    type,
    id,
    label,
    acr,
    channel,
    destination: destination === undefined ? undefined : maskDestination(destination),
    length: type === 'code' && channel !== 'totp' ? codes.length : undefined,
  })
}

/** The methods that `ids` lead through; none where they lead nowhere any more. */
export function walk(
  methods: readonly VerificationMethod[],
  ids: readonly string[],
): readonly VerificationMethod[] {
  const path: VerificationMethod[] = []
  let here: readonly VerificationMethod[] = methods
  for (const id of ids) {
    const found = here.find((method) => method.id === id)
    if (!found) return []
    path.push(found)
    here = found.next ?? []
  }
  return path
}
