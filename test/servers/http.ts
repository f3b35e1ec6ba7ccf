// What the hostile servers share: scripts that change one answer, and faults below HTTP.
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What happens to a connection instead of an answer. */
export type Fault = (res: ServerResponse, settled: () => void) => void

/** The connection is cut before a byte of the answer. */
export const reset: Fault = (res, settled) => {
  res.socket?.destroy()
  settled()
}

/** The connection stays open, and nothing comes. */
export const silence: Fault = (_res, settled) => {
  settled()
}

/** The answer breaks off in the middle. */
export const half: Fault = (res, settled) => {
  res.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '1000' })
  res.write('{"access_token": "', () => {
    res.socket?.destroy()
    settled()
  })
}

/** A page of a proxy, a captive portal, a maintenance screen: with 200. */
export const htmlWith200 = (): Response =>
  new Response('<!doctype html><title>We will be back soon</title>', {
    headers: { 'Content-Type': 'text/html' },
  })

export const serverError = (): Response =>
  Response.json({ message: 'Out of order' }, { status: 500 })

/** Thrown where an honest server refuses. */
export class Refused extends Error {
  readonly response: Response

  constructor(status: number, body: object) {
    super(`Refused with ${status}`)
    this.response = Response.json(body, { status })
  }
}

type Awaitable<T> = T | Promise<T>

/** Decides one answer; `honest` gives the true one, and does whatever that entails. */
export type Twist<Asked, Answer> = (
  asked: Asked,
  honest: (asked: Asked) => Awaitable<Answer>,
) => Awaitable<Answer | Response | Fault>

/** What an endpoint does out of the ordinary: to the next requests, one after the other, or to all. */
export class Script<Asked, Answer> {
  #next: Twist<Asked, Answer>[] = []
  #always: Twist<Asked, Answer> | null = null

  next(...twists: readonly Twist<Asked, Answer>[]): void {
    this.#next.push(...twists)
  }

  always(twist: Twist<Asked, Answer> | null): void {
    this.#always = twist
  }

  play(asked: Asked, honest: (asked: Asked) => Awaitable<Answer>) {
    const twist = this.#next.shift() ?? this.#always
    return twist ? twist(asked, honest) : honest(asked)
  }
}

export interface Listening {
  readonly origin: string
  /** Requests whose answer, or whose lack of one, is not decided yet. */
  busy(): number
  close(): void
}

/** A server on loopback; `handle` gives each request its answer. */
export async function listen(
  handle: (req: IncomingMessage, url: URL) => Promise<Response | Fault>,
  port = 0,
): Promise<Listening> {
  let busy = 0
  const server: Server = createServer((req, res) => {
    busy++
    const settled = () => {
      busy--
    }
    handle(req, new URL(req.url ?? '/', origin)).then(
      (answer) => send(res, withCors(req, answer), settled),
      (error: unknown) => {
        const answer = error instanceof Refused ? error.response : defect(error)
        return send(res, withCors(req, answer), settled)
      },
    )
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    origin,
    busy: () => busy,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

function withCors(req: IncomingMessage, answer: Response | Fault): Response | Fault {
  const { origin } = req.headers
  if (origin === undefined || typeof answer === 'function') return answer
  answer.headers.set('Access-Control-Allow-Origin', origin)
  answer.headers.set('Access-Control-Allow-Headers', 'Authorization, Content-Type, Idempotency-Key')
  answer.headers.set('Access-Control-Allow-Methods', 'GET, POST, DELETE')
  return answer
}

async function send(res: ServerResponse, answer: Response | Fault, settled: () => void) {
  if (typeof answer === 'function') {
    answer(res, settled)
    return
  }
  for (const [name, value] of answer.headers) res.setHeader(name, value)
  // Browsers send a request again by themselves where a connection that they kept turns out dead.
  res.setHeader('Connection', 'close')
  res.statusCode = answer.status
  res.end(Buffer.from(await answer.arrayBuffer()), settled)
}

/** A mistake in a script must not look like an answer that was meant. */
const defect = (error: unknown) => new Response(String(error), { status: 599 })

export async function bodyOf(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of req) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
