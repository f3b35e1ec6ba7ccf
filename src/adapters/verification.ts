import { StepUpError } from '../core/errors.js'

/** What the server says; `answer` is `undefined` where that is no JSON. */
export interface Reply {
  readonly response: Response
  readonly answer: unknown
}

/** Rejects with `network` where the server cannot be reached. */
export type Ask = (path: string, init?: RequestInit) => Promise<Reply>

/** Where `createVerificationHandler` is, and what reaches it. */
export interface Verification {
  /** Where `createVerificationHandler` is mounted, as `/auth/step-up`. */
  readonly url: string
  /** Instead of the global one. */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>
}

export const couldNot = ({ status }: Response): StepUpError =>
  new StepUpError('provider_error', `The server could not do it (status ${status}).`)

export function unreachable(cause: unknown): never {
  throw new StepUpError('network', 'The server could not be reached. Try again.', { cause })
}

/** Talks to `createVerificationHandler`, with the person's cookies. */
export const askAt =
  (options: Verification): Ask =>
  (path, init) => {
    const send = async () => {
      const address = `${options.url}/${path}`
      const common = { credentials: 'include', cache: 'no-store' } as const
      const response = await (options.fetch ?? fetch)(address, { ...common, ...init })
      return { response, answer: parse(await response.text()) }
    }
    return send().catch(unreachable)
  }

export const postOf = (body: object): RequestInit => ({
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(body),
})

/** `undefined` for what is no JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
