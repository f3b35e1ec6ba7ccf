import { useQuery } from '@tanstack/react-query'
import { useStepUpMutation } from 'react-step-up/query'
import { changeCard, updateBilling } from './actions.js'
import type { Billing } from './api.js'
import { call } from './api.js'
import { text } from './form-text.js'

const plans = ['Free', 'Team', 'Enterprise']

export function BillingPage() {
  const { data } = useQuery({
    queryKey: ['billing'],
    queryFn: () => call<{ billing: Billing }>('GET', '/billing'),
  })
  const save = useStepUpMutation(updateBilling)
  const pay = useStepUpMutation(changeCard)
  if (!data) return <p>Loading billing…</p>
  const { plan, email, card } = data.billing
  return (
    <section aria-labelledby="billing">
      <h1 id="billing">Billing</h1>
      <p>Saving takes a sign-in of the last 15 minutes.</p>
      <form
        key={plan + email}
        className="card"
        onSubmit={(event) => {
          event.preventDefault()
          const form = new FormData(event.currentTarget)
          save.mutate({ plan: text(form, 'plan'), email: text(form, 'email') })
        }}
      >
        <label>
          Plan
          <select name="plan" defaultValue={plan}>
            {plans.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        <label>
          Invoices go to
          <input name="email" type="email" required defaultValue={email} />
        </label>
        <button type="submit" className="primary">
          Save
        </button>
      </form>
      <p>Paid by {card}. The number of another is never stored, not even while you confirm.</p>
      <form
        className="card"
        onSubmit={(event) => {
          event.preventDefault()
          pay.mutate({
            number: text(new FormData(event.currentTarget), 'number').replace(/\s/g, ''),
          })
        }}
      >
        <label>
          Card number
          <input
            name="number"
            inputMode="numeric"
            autoComplete="cc-number"
            pattern="(\d\s*){12,19}"
            required
          />
        </label>
        <button type="submit" className="primary">
          Change the card
        </button>
      </form>
    </section>
  )
}
