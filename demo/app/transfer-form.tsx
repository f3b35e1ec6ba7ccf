import type { SyntheticEvent } from 'react'
import { useRef } from 'react'
import { useStepUpMutation } from 'react-step-up/query'
import { createTransfer } from './actions.js'
import { text } from './form-text.js'

export function TransferForm() {
  const form = useRef<HTMLFormElement>(null)
  const { mutate, isPending } = useStepUpMutation(createTransfer)
  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault()
    const typed = new FormData(event.currentTarget)
    const order = { to: text(typed, 'to').trim(), amount: Number(text(typed, 'amount')) }
    mutate(order, { onSuccess: () => form.current?.reset() })
  }
  return (
    <form ref={form} className="card" onSubmit={submit}>
      <label>
        To
        <input name="to" autoComplete="off" required pattern=".*\S.*" />
      </label>
      <label>
        Amount in euros
        <input name="amount" type="number" min={1} max={1_000_000} required />
      </label>
      <button type="submit" className="primary" disabled={isPending}>
        {isPending ? 'Waiting…' : 'Send'}
      </button>
    </form>
  )
}
