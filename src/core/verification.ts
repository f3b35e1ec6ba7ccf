import type { CodeMethod, Method, PasskeyMethod, PasswordMethod, VerifyOutcome } from './adapter.js'

/** What the person typed; nothing for a passkey. */
export type SubmitInput = { password: string } | { code: string } | Record<never, never>

type InPageMethod = PasswordMethod | CodeMethod | PasskeyMethod
/** Methods that need neither a trip nor a mail to come back from. */
export const isInPage = (method: Method): method is InPageMethod =>
  method.type !== 'redirect' && method.type !== 'link'

/** How a method checks what was typed. @throws TypeError where the input is another method's. */
export function verificationOf(
  method: InPageMethod,
  input: SubmitInput,
): (signal: AbortSignal) => Promise<VerifyOutcome> {
  if (method.type === 'passkey') return (signal) => method.verify({ signal })
  if (method.type === 'password' && 'password' in input) {
    return (signal) => method.verify({ ...input, signal })
  }
  if (method.type === 'code' && 'code' in input) {
    return (signal) => method.verify({ ...input, signal })
  }
  throw new TypeError(`submit() for the method ${method.type} needs { ${method.type} }.`)
}
