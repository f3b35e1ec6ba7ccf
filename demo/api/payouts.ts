import { Router, type RequestHandler, type Response } from 'express'
import { anyAuth, freshAuth } from 'react-step-up/server/express'
import type { FreshAuthGuard } from 'react-step-up/server'
import * as v from 'valibot'
import { payout, requirementOf, transfer } from '../payments.js'
import { maskIban, type Payouts } from './data.js'
import type { Idempotency } from './idempotency.js'

interface Parts {
  readonly guard: FreshAuthGuard
  readonly idempotency: Idempotency
  readonly data: () => Payouts
  readonly done: (res: Response, action: string, summary: string) => void
}

/** Where money goes. */
export function payoutRoutes({ guard, idempotency, data, done }: Parts): Router {
  const router = Router()
  const shown = () => ({ account: maskIban(data().iban), transfers: data().transfers })

  router.get('/payouts', anyAuth(guard), (_req, res) => {
    res.json({ payouts: shown() })
  })
  router.put(
    '/payouts',
    freshAuth(guard, 'payout.change'),
    idempotency.once((req, res) => {
      const { success, output } = v.safeParse(payout, req.body)
      if (!success) return { status: 400, body: { error: 'invalid_payout' } }
      data().iban = output.iban
      done(res, 'payout.change', `Pays out to ${maskIban(output.iban)}`)
      return { body: { payouts: shown() } }
    }),
  )

  const proved = freshAuth(guard, 'transfer.create')
  /** It knows what the console does not: small ones since the last proof add up, as card payments do. */
  const byAmount: RequestHandler = (req, res, next) => {
    const { success, output } = v.safeParse(transfer, req.body)
    if (success && requirementOf(data().unproved + output.amount)) {
      res.locals.proved = true
      proved(req, res, next)
    } else next()
  }
  router.post(
    '/transfers',
    anyAuth(guard),
    idempotency.again,
    byAmount,
    idempotency.once((req, res) => {
      const { success, output } = v.safeParse(transfer, req.body)
      if (!success) return { status: 400, body: { error: 'invalid_transfer' } }
      data().unproved = res.locals.proved ? 0 : data().unproved + output.amount
      data().transfers.push(output)
      done(res, 'transfer.create', `Sent ${String(output.amount)} euros to ${output.to}`)
      return { status: 201, body: { transfer: output } }
    }),
  )
  return router
}
