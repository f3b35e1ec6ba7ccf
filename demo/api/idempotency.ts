import type { Request, RequestHandler, Response } from 'express'
import { authenticationOf } from 'react-step-up/server/express'

export interface Answer {
  readonly status?: number
  readonly body: object
}

/**
 * Does a thing once per `Idempotency-Key`: the same key of the same person, for the same resource,
 * gets the first answer again. The step-up client sends its `requestId` here.
 */
export class Idempotency {
  readonly #answers = new Map<string, Answer>()

  /** `run` must be synchronous, so that two requests at once cannot both be the first. */
  once(run: (req: Request, res: Response) => Answer): RequestHandler {
    return (req, res) => {
      const slot = slotOf(req, res)
      const answer = (slot && this.#answers.get(slot)) || run(req, res)
      if (slot) this.#answers.set(slot, answer)
      send(res, answer)
    }
  }

  /** Answers what was done already, where doing it once more would take a proof. */
  readonly again: RequestHandler = (req, res, next) => {
    const answer = this.#answers.get(slotOf(req, res) ?? '')
    if (answer) send(res, answer)
    else next()
  }

  clear(): void {
    this.#answers.clear()
  }
}

function slotOf(req: Request, res: Response): string | undefined {
  const key = req.get('Idempotency-Key')
  if (key === undefined) return undefined
  return JSON.stringify([authenticationOf(res).subject, req.method, req.path, key])
}

function send(res: Response, { status = 200, body }: Answer): void {
  res.status(status).json(body)
}
