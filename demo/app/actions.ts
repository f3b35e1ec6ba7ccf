import { defineAction } from 'react-step-up'
import * as v from 'valibot'
import { payout, requirementOf, transfer } from '../payments.js'
import { call } from './api.js'

export const deleteProject = defineAction({
  id: 'project.delete',
  requirement: 'project.delete',
  schema: v.object({ id: v.string(), name: v.string() }),
  run: ({ id }, context) => call('DELETE', `/projects/${encodeURIComponent(id)}`, context),
  describe: ({ name }) => `Delete project ${name}`,
})

export const rotateApiKey = defineAction({
  id: 'api-key.rotate',
  requirement: 'api-key.rotate',
  schema: v.object({ id: v.string(), name: v.string() }),
  async run({ id }, context) {
    // The answer has the new key, which nobody has asked to see.
    await call('POST', `/api-keys/${encodeURIComponent(id)}/rotate`, context)
  },
  describe: ({ name }) => `Replace the API key ${name}`,
})

export const updateBilling = defineAction({
  id: 'billing.update',
  requirement: 'billing.update',
  schema: v.object({ plan: v.string(), email: v.string() }),
  run: (billing, context) => call('PUT', '/billing', { ...context, body: billing }),
  describe: ({ plan }) => `Change the plan to ${plan}`,
})

/** The number is never stored: this can be confirmed in a window beside the page, not by leaving it. */
export const changeCard = defineAction({
  id: 'billing.card',
  requirement: 'billing.update',
  schema: v.object({ number: v.pipe(v.string(), v.regex(/^\d{12,19}$/)) }),
  secret: ['number'],
  run: (card, context) => call('PUT', '/billing/card', { ...context, body: card }),
  describe: ({ number }) => `Pay by the card that ends in ${number.slice(-4)}`,
})

export const changePayout = defineAction({
  id: 'payout.change',
  requirement: 'payout.change',
  schema: payout,
  run: (account, context) => call('PUT', '/payouts', { ...context, body: account }),
  describe: ({ iban }) => `Pay out to the account that ends in ${iban.slice(-4)}`,
})

/** Small ones need no proof as far as the console knows; the API also adds them up. */
export const createTransfer = defineAction({
  id: 'transfer.create',
  requirement: ({ amount }) => requirementOf(amount),
  schema: transfer,
  run: (order, context) => call('POST', '/transfers', { ...context, body: order }),
  describe: ({ to, amount }) => `Send ${inEuros(amount)} to ${to}`,
})

export const inEuros = (amount: number) => `€ ${amount.toLocaleString('en')}`
