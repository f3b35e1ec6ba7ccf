import type { CodeMethod, Method, PasskeyMethod, PasswordMethod, VerifyOutcome } from './adapter.js'

/** What the person typed; nothing for a passkey. */
export interface SubmitInput {
  readonly password?: string
  readonly code?: string
}

type InPageMethod = PasswordMethod | CodeMethod | PasskeyMethod
/** Methods that need neither a trip nor a mail to come back from. */
export const isInPage = (method: Method): method is InPageMethod =>
  method.type !== 'redirect' && method.type !== 'link'

/** Whether a trip is all that can be done. */
export const isOnlyTrips = (methods: readonly Method[]): boolean =>
  methods.length > 0 && methods.every(({ type }) => type === 'redirect')

/** Whether leaving this tab is all that can be done. */
export const isOnlyTabTrips = (methods: readonly Method[]): boolean =>
  isOnlyTrips(methods) && methods.every((method) => !('popup' in method && method.popup))

/** How a method checks what was typed. @throws TypeError where the input is another method's. */
export function verificationOf(
  method: InPageMethod,
  input: SubmitInput,
): (signal: AbortSignal) => Promise<VerifyOutcome> {
  if (method.type === 'passkey') return (signal) => method.verify({ signal })
  const { password, code } = input
  if (method.type === 'password' && password !== undefined) {
    return (signal) => method.verify({ password, signal })
  }
  if (method.type === 'code' && code !== undefined) {
    return (signal) => method.verify({ code, signal })
  }
  throw new TypeError(`submit() for the method ${method.type} needs { ${method.type} }.`)
}
