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
      const key = req.get('Idempotency-Key')
      const slot =
        key === undefined
          ? undefined
          : JSON.stringify([authenticationOf(res).subject, req.method, req.path, key])
      const answer = (slot && this.#answers.get(slot)) || run(req, res)
      if (slot) this.#answers.set(slot, answer)
      res.status(answer.status ?? 200).json(answer.body)
    }
  }

  clear(): void {
    this.#answers.clear()
  }
}
