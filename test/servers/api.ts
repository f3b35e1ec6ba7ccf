// A real API behind the real guard on loopback, honest until a script says otherwise.
import type { IncomingMessage } from 'node:http'
import type { RequirementInput } from 'react-step-up'
import { formatChallenge } from 'react-step-up'
import { createFreshAuthGuard, createMemorySingleUse, GuardError } from 'react-step-up/server'
import { listen, Script } from './http.js'
import { AUDIENCE } from './provider.js'

export type Api = Awaited<ReturnType<typeof startApi>>

/** A demand for a newer sign-in, as the guard writes it. */
export const challenge = (header = formatChallenge({ scheme: 'Bearer', maxAge: 300 })): Response =>
  new Response(null, {
    status: 401,
    headers: {
      'WWW-Authenticate': header,
      'Access-Control-Expose-Headers': 'WWW-Authenticate',
    },
  })

/** @param now seconds since the epoch, by the API's clock */
export async function startApi(options: { readonly issuer: string; readonly now: () => number }) {
  const serve = new Script<Request, Response>()
  const guard = createFreshAuthGuard({
    issuer: options.issuer,
    audience: AUDIENCE,
    singleUse: createMemorySingleUse(),
    now: options.now,
    // A silent provider is not waited for on a real clock.
    timeout: 2,
  })

  async function honest(request: Request): Promise<Response> {
    try {
      await guard(request, api.requirement)
    } catch (error) {
      if (error instanceof GuardError) return error.response
      throw error
    }
    api.effects.push(request.headers.get('Idempotency-Key') ?? '')
    return Response.json({ deleted: new URL(request.url).pathname })
  }

  async function handle(req: IncomingMessage, url: URL) {
    if (req.method === 'OPTIONS') return new Response(null, { status: 204 })
    const headers = new Headers(
      Object.entries(req.headers).map(([name, value]): [string, string] => [name, String(value)]),
    )
    api.requests.push(headers.get('Idempotency-Key') ?? '')
    return serve.play(new Request(url, { method: req.method ?? 'GET', headers }), honest)
  }

  const server = await listen(handle)
  const api = {
    origin: server.origin,
    /** What the guard asks of every request. */
    requirement: 300 as RequirementInput,
    serve,
    /** The Idempotency-Key of every request, served or not. */
    requests: [] as string[],
    /** The Idempotency-Key of everything that was really done: nothing is done once by magic. */
    effects: [] as string[],
    busy: server.busy,
    close: server.close,
  }
  return api
}
