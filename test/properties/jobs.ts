import type { Requirement } from 'react-step-up'
import { isStepUpError } from 'react-step-up'
import type { Claim, Truth } from './oracle.js'
import { isYoung, whatIsWrong } from './oracle.js'

/** Where something happens: one page load, in one tab. */
export interface Place {
  readonly name: string
  readonly tab: string
}

interface Attempt {
  readonly place: Place
  status: 'open' | 'challenged' | 'accepted' | 'failed'
}

/** One wish of the person, from the click to whatever becomes of it. */
export interface Job {
  readonly id: string
  readonly what: string
  readonly place: Place
  readonly promise: Promise<unknown>
  readonly attempts: readonly Attempt[]
  readonly status: string
  /** The page is gone, and the caller with it. */
  readonly orphaned: boolean
}

interface Open extends Job {
  promise: Promise<unknown>
  attempts: Attempt[]
  claim: Claim
  /** What the API demanded since, by the tab that has heard of it. */
  readonly demands: Map<string, Claim>
  status: string
  orphaned: boolean
  /** Tabs in which the person was told that it was not done. */
  readonly deniedIn: Set<string>
  readonly doneIn: Set<string>
  readonly delivered: Map<string, number>
}

/** Everything the API has been asked for; complains about what should not have been. */
export function createJobs(
  truthsAt: (place: Place) => [Truth, ...Truth[]],
  complain: (what: string) => void,
  /** Storage has failed: what has ended may be found there again. */
  forgetsNothing: () => boolean,
) {
  const jobs = new Map<string, Open>()
  /** Proofs for one use only, by tab. */
  const spent = new Set<string>()

  function deny(job: Open, tab: string, error: unknown): void {
    if (!isStepUpError(error) || error.code === 'outcome_unknown') return
    job.deniedIn.add(tab)
    if (job.doneIn.has(tab) && !forgetsNothing())
      complain(`${job.id} is called ${error.code}, but it was done`)
  }

  function begin(job: Open, place: Place): Attempt {
    const truths = truthsAt(place)
    const [truth] = truths
    const demand = job.demands.get(place.tab)
    // Another tab may have got the demand with the record, or have a copy from before it.
    const claims = demand ? [demand] : [job.claim, ...job.demands.values()]
    const [claim] = claims
    const wrongs = truths.flatMap((truth) => claims.map((claim) => whatIsWrong(claim, truth)))
    const [wrong] = wrongs
    if (wrongs.every((wrong) => wrong !== null))
      complain(`${job.id} (${job.what}) runs ${String(wrong)}`)
    if (job.attempts.some(({ status }) => status !== 'challenged')) complain(`${job.id} runs again`)
    const here = job.attempts.filter((attempt) => attempt.place.tab === place.tab)
    if (here.length === 2) complain(`${job.id} runs a third time`)
    if (claim?.requirement?.maxAge === 0) {
      const use = [place.tab, truth.tokens?.subject, truth.tokens?.authTime].join(' ')
      if (spent.has(use)) complain(`${job.id} uses a proof that was used`)
      spent.add(use)
    }
    const attempt: Attempt = { place, status: 'open' }
    job.attempts.push(attempt)
    return attempt
  }

  return {
    all: (): readonly Job[] => [...jobs.values()],
    get: (id: string): Job | undefined => jobs.get(id),
    add(
      id: string,
      what: string,
      place: Place,
      requirement: Requirement | null,
      /** Whom the page takes for the caller. */
      person: Claim['person'],
    ) {
      const { tokens, now } = truthsAt(place)[0]
      const claim = {
        requirement,
        person,
        since: now,
        before: tokens,
        mustMove: false,
      }
      jobs.set(id, {
        ...{ id, what, place, claim, attempts: [], status: 'open', orphaned: false },
        promise: Promise.resolve(),
        ...{ demands: new Map(), deniedIn: new Set(), doneIn: new Set(), delivered: new Map() },
      })
    },
    /** The caller waits. */
    follow(id: string, promise: Promise<unknown>) {
      const job = jobs.get(id)!
      job.promise = promise
      promise.then(
        () => (job.status = 'done'),
        (error: unknown) => {
          job.status = isStepUpError(error) ? error.code : 'failed'
          deny(job, job.place.tab, error)
        },
      )
    },
    /** The request arrives; what comes back is how to answer it. */
    request(id: string, place: Place) {
      const job = jobs.get(id)!
      // Where two may be meant, the one of before: that is what the page knew.
      const truths = truthsAt(place)
      const { tokens, now } = truths.at(-1)!
      const attempt = begin(job, place)
      return {
        isStale: (): boolean => {
          const { maxAge } = job.claim.requirement ?? {}
          return maxAge !== undefined && maxAge > 0 && !isYoung(tokens, maxAge, now)
        },
        accept() {
          attempt.status = 'accepted'
          job.doneIn.add(place.tab)
          if (job.deniedIn.has(place.tab) && !forgetsNothing()) complain(`${id} is done after all`)
          if (job.attempts.filter(({ status }) => status === 'accepted').length > 1) {
            complain(`${id} is done twice`)
          }
        },
        fail() {
          attempt.status = 'failed'
        },
        challenge(requirement: Requirement) {
          attempt.status = 'challenged'
          const { maxAge, acrValues } = requirement
          const young = maxAge !== undefined && maxAge > 60 && isYoung(tokens, maxAge - 60, now)
          const seemed =
            truths.length === 1 && young && acrValues?.includes(tokens?.acr ?? '') !== false
          job.demands.set(place.tab, {
            ...{ requirement, person: tokens, since: now, before: tokens },
            mustMove: seemed,
          })
        },
      }
    },
    /** A bare call: its resolving is what it asks for. */
    proved(id: string, place: Place) {
      begin(jobs.get(id)!, place).status = 'accepted'
    },
    delivered(id: string, place: Place, outcome: { data: unknown } | { error: unknown }) {
      const job = jobs.get(id)!
      const count = (job.delivered.get(place.name) ?? 0) + 1
      job.delivered.set(place.name, count)
      if (count > 1) complain(`${id} is told twice in ${place.name}`)
      if ('error' in outcome) deny(job, place.tab, outcome.error)
    },
    orphan(place: Place) {
      for (const job of jobs.values()) if (job.place === place) job.orphaned = true
    },
  }
}

export type Jobs = ReturnType<typeof createJobs>
