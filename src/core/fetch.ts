import type { MaybePromise } from './adapter.js'
import type { Authentication } from './authentication.js'
import { samePerson } from './authentication.js'
import { checkOrigins, originOf, targetOf } from './fetch-origin.js'
import { refusedBefore, remember } from './fetch-refused.js'
import type { Outgoing } from './fetch-request.js'
import { hasOwnProof, prepare } from './fetch-request.js'
import { countSent, runOf, waitAlone, waitInRun } from './fetch-run.js'
import { orGivenUp } from './limit.js'
import { setJudged } from './refused.js'
import { wrongAccount } from './call.js'
import { askedAgain } from './refusals.js'
import type { Demand } from './reply.js'
import type { Request as Run, Runner } from './run.js'
import { insideOf } from './run.js'
import { warnOnce } from './warn.js'

/** As the page has it. */
export type Fetch = (input: RequestInfo | URL, init?: RequestInit) => Promise<Response>

/** What `createStepUpFetch` takes. */
export interface StepUpFetchOptions {
  /** What sends a request; the page's own by default. */
  readonly fetch?: Fetch
  /** Whose challenges may raise a prompt, as `https://api.example.com`; the page's own origin by default. */
  readonly origins?: readonly string[]
  /**
   * Puts tokens and proofs on the `headers` of a request to one of these origins, or gives back
   * another Request to be sent instead. Called for each attempt, with a Request of its own.
   */
  readonly authorize?:
    ((request: Request) => MaybePromise<void>) | ((request: Request) => MaybePromise<Request>)
}

/** One call of the fetch, over both its attempts. */
interface Call {
  readonly outgoing: Outgoing
  readonly signal: AbortSignal
  /** The call of `requireFreshAuth` that it is a part of, where that can be seen. */
  readonly run: Run | undefined
  /** Who was signed in when it was first sent, as far as that was known. */
  asker: Authentication | null
}

/** `demand: null`: the response is the caller's. */
interface Answer {
  readonly response: Response
  readonly origin: string
  readonly demand: Demand | null
}

/** A fetch that answers challenges. `createStepUpFetch` of "." adds the page's own fetch to it. */
export function createFetch(
  client: Pick<Runner, 'requireFreshAuth'>,
  options: StepUpFetchOptions & { readonly fetch: Fetch },
): Fetch {
  const { fetch: send, authorize } = options
  const inside = insideOf(client)
  const { environment, session } = inside.context
  // On a server there is nobody to ask.
  const inert = environment.random() === ''
  const page = inert ? null : environment.url().origin
  const listed = new Set(checkOrigins(options.origins ?? (page === null ? [] : [page])))

  async function attempt(call: Call, request: Request): Promise<Answer> {
    const { outgoing, signal, run } = call
    signal.throwIfAborted()
    const sentAs = session.authentication()
    // Whoever is here by now has not asked for it.
    if (call.asker && sentAs && !samePerson(call.asker, sentAs)) throw wrongAccount()
    call.asker ??= sentAs
    const authorized = (await orReason(Promise.resolve(authorize?.(request)), signal)) ?? request
    const takeBack = countSent(run, authorized)
    const response = await send(authorized, outgoing.extra)
    // After a redirect it is another's answer.
    const origin = originOf(response.url || authorized.url)
    const plain = { response, origin, demand: null }
    if (!isRefusal(response)) return plain
    takeBack()
    if (inert) return plain
    if (!listed.has(origin)) {
      leave(response, run)
      warnOfStranger(response)
      return plain
    }
    setJudged(response)
    const sent = { sentAs, challenged: false }
    const demand = await orReason(inside.demandIn(response, sent, signal), signal)
    if (!demand && origin !== page) warnOfHidden(response, origin)
    return { response, origin, demand }
  }

  async function prove({ signal, run }: Call, demand: Demand, origin: string): Promise<void> {
    const refused = refusedBefore(inside, origin, demand.requirement)
    if (refused) throw refused
    if (demand.answered) return
    const proof = run ? waitInRun(inside, run, demand, signal) : waitAlone(inside, demand, signal)
    const remembered = proof.catch((error: unknown) => {
      remember(inside, origin, demand.requirement, error)
      throw error
    })
    await orReason(remembered, signal)
  }

  async function exchange(call: Call): Promise<Response> {
    const { outgoing, signal, run } = call
    const { response, origin, demand } = await attempt(call, outgoing.first)
    if (!demand) return response
    const again = await orReason(outgoing.again(), signal)
    const unproved = hasOwnProof(outgoing.first) && !authorize
    if (unproved) warnOfOldProof()
    if (!again || unproved) {
      leave(response, run)
      return response
    }
    discard(response)
    await prove(call, demand, origin)
    const second = await attempt(call, again)
    if (!second.demand) return second.response
    remember(inside, second.origin, second.demand.requirement, askedAgain())
    throw askedAgain(second.response)
  }

  return async function stepUpFetch(input, given) {
    const init = given ?? {}
    const target = targetOf(input, inert ? null : environment.url())
    if (target === null || !listed.has(originOf(target))) {
      const response = await send(input, init)
      if (isRefusal(response)) {
        const headers = new Headers(init.headers ?? (input as Partial<Request>).headers)
        leave(response, runOf(inside, headers, init.signal))
        warnOfStranger(response)
      }
      return response
    }
    const outgoing = prepare(input, target, init, environment.clock)
    const signal = outgoing.signal ?? new AbortController().signal
    const run = runOf(inside, outgoing.first.headers, outgoing.signal)
    return exchange({ outgoing, signal, run, asker: null }).finally(outgoing.drop)
  }
}

/** Rejects as fetch does once the caller has given up. */
const orReason = <T>(promise: Promise<T>, signal: AbortSignal): Promise<T> =>
  orGivenUp(promise, signal, (reason) => reason as Error)

const isRefusal = ({ status }: Response): boolean => status === 401 || status === 403

/** What becomes of it is the caller's, also for the `requireFreshAuth` around it. */
function leave(response: Response, run: Run | undefined): void {
  setJudged(response)
  if (run) run.judged = true
}

/** Nobody will read it; its connection is free for the next. */
function discard({ body }: Response): void {
  body?.cancel().catch(() => undefined)
}

function warnOfHidden({ status, headers }: Response, origin: string): void {
  // RFC 9110 15.5.2: a 401 has this header, so where it is missing somebody has hidden it.
  if (status !== 401 || headers.has('WWW-Authenticate')) return
  warnOnce(
    `${origin} answered 401, and CORS hides why. If that was a challenge, nobody was asked: let the API send ` +
      '`Access-Control-Expose-Headers: WWW-Authenticate`, or the same members as JSON.',
  )
}

function warnOfStranger({ headers, url }: Response): void {
  if (!headers.get('WWW-Authenticate')?.includes('insufficient_user_authentication')) return
  warnOnce(
    `${url} asks for a newer sign-in, but its origin is not listed, so nobody was asked. ` +
      'If this API is yours, add it to createStepUpFetch(client, { origins }).',
  )
}

const warnOfOldProof = () =>
  warnOnce(
    'A request with its own Authorization or DPoP header was challenged, and cannot be sent again with the old one. ' +
      'Set these headers in createStepUpFetch(client, { authorize }).',
  )
