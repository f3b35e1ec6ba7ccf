import { useQuery } from '@tanstack/react-query'
import { LIMIT } from '../payments.js'
import { inEuros } from './actions.js'
import type { Payouts } from './api.js'
import { call } from './api.js'
import { AccountForm } from './account-form.js'
import { payoutsKey } from './query-client.js'
import { TransferForm } from './transfer-form.js'

export function PayoutsPage() {
  const { data } = useQuery({
    queryKey: payoutsKey,
    queryFn: async () => (await call<{ payouts: Payouts }>('GET', '/payouts')).payouts,
  })
  return (
    <section aria-labelledby="payouts">
      <h1 id="payouts">Payouts</h1>
      <p>
        What you earn is paid out to <code>{data?.account ?? '…'}</code>. Another account takes a
        sign-in of the last 3 minutes.
      </p>
      <AccountForm />
      <h2 className="part">Send money</h2>
      <p>
        More than {inEuros(LIMIT)} takes a sign-in of the last minute. The API decides for itself:
        it also adds up what was sent since the last proof.
      </p>
      <TransferForm />
      <ul className="cards" aria-label="Sent">
        {(data?.transfers ?? []).map(({ to, amount }, index) => (
          <li key={index}>
            <b>{to}</b> {inEuros(amount)}
          </li>
        ))}
      </ul>
    </section>
  )
}
