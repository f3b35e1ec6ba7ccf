import type { Clock } from './clock.js'
import { readStream } from './fetch-read.js'
import { limited } from './limit.js'

/** A request's body: what it is sent with first, and what it can be sent with again. */
export interface Replay {
  /** Resolves with `null` where nobody could send it again. */
  readonly again: () => Promise<{ readonly body?: BodyInit } | null>
  /** It is not needed any more. */
  readonly drop: () => void
}

type Bytes = ReadableStream<Uint8Array<ArrayBuffer>>

// Beyond it a copy would cost more than the person's "try again".
const LONGEST = 10 * 2 ** 20

// What has not been read after a second is being written live.
const PATIENCE = 1

const nothing = () => undefined

/** Keeps what a caller gave as `body`: a file as it is, what could be changed meanwhile as a copy. */
export function replayOf(body: BodyInit): Replay {
  const kept = copyOf(body)
  return { again: () => Promise.resolve(kept === null ? null : { body: kept }), drop: nothing }
}

function copyOf(body: BodyInit): BodyInit | null {
  if (typeof body === 'string' || body instanceof Blob) return body
  if (body instanceof URLSearchParams) return new URLSearchParams(body)
  if (body instanceof ArrayBuffer) return body.slice(0)
  if (ArrayBuffer.isView(body)) {
    return new Uint8Array(body.buffer, body.byteOffset, body.byteLength).slice()
  }
  if (!(body instanceof FormData)) return null
  const copy = new FormData()
  for (const [name, value] of body) copy.append(name, value)
  return copy
}

export const noBody: Replay = { again: () => Promise.resolve({}), drop: nothing }

/**
 * Keeps the body of a Request. Where it came from is not known: of a file or a text a copy is cheap,
 * of a live stream it has no end. So a copy is read while the request is sent, up to a limit.
 */
export function replayOfRequest(request: Request, clock: Clock): Replay {
  const copy = request.clone()
  const controller = new AbortController()
  const { signal } = controller
  // Firefox knows no streams of requests, so nothing there is live.
  const { body } = copy as { readonly body?: Bytes | null }
  const reading = (body ? readStream(body, LONGEST, signal) : copy.blob()).catch(() => null)
  return {
    async again() {
      const kept = await limited(clock, PATIENCE, signal, () => reading).catch(() => null)
      return kept && { body: kept }
    },
    drop() {
      controller.abort()
    },
  }
}
