import type { Clock } from './clock.js'
import type { Replay } from './fetch-body.js'
import { noBody, replayOf, replayOfRequest } from './fetch-body.js'

/** What a caller wants sent, as often as it takes. */
export interface Outgoing {
  readonly first: Request
  /** The caller's own. */
  readonly signal: AbortSignal | null
  /** What only some browsers and servers know of; it does not fit into a Request. */
  readonly extra: RequestInit
  /** The same without what proved who sent it; `null` where it cannot be sent again. */
  readonly again: () => Promise<Request | null>
  /** It will not be sent again. */
  readonly drop: () => void
}

/** Reads a call of fetch; like fetch, it uses a given Request up. */
export function prepare(
  input: RequestInfo | URL,
  target: string,
  init: RequestInit,
  clock: Clock,
): Outgoing {
  const { body, headers, ...rest } = init
  const given = input instanceof Request ? input : null
  // A copy: what the caller does to its own meanwhile is about another request.
  const fixed = { ...rest, headers: new Headers(headers ?? given?.headers) }
  const make = (own: { readonly body?: BodyInit }) =>
    new Request(given ?? target, { ...fixed, ...own })
  const first = make(body == null ? {} : { body })
  const replay = replayFor(first, given, body, clock)
  const entries = Object.entries(rest).filter(([name]) => !(name in first) && name !== 'duplex')
  return {
    first,
    signal: init.signal === undefined ? (given?.signal ?? null) : init.signal,
    extra: Object.fromEntries(entries),
    async again() {
      const kept = await replay.again()
      if (!kept) return null
      const request = make(kept)
      for (const name of PROOFS) request.headers.delete(name)
      return request
    },
    drop: replay.drop,
  }
}

const PROOFS = ['Authorization', 'DPoP']

export const hasOwnProof = ({ headers }: Request): boolean =>
  PROOFS.some((name) => headers.has(name))

function replayFor(
  first: Request,
  given: Request | null,
  body: BodyInit | null | undefined,
  clock: Clock,
): Replay {
  if (body != null) return replayOf(body)
  const bodiless = first.method === 'GET' || first.method === 'HEAD' || first.body === null
  return given && !bodiless ? replayOfRequest(first, clock) : noBody
}
