import { useQueryClient } from '@tanstack/react-query'
import type { SyntheticEvent } from 'react'
import { useRef } from 'react'
import { useStepUpMutation } from 'react-step-up/query'
import { payoutsKey } from './account-form.js'
import { createTransfer, inEuros } from './actions.js'
import { text } from './form-text.js'
import { useReportError, useToast } from './toasts.js'

export function TransferForm() {
  const form = useRef<HTMLFormElement>(null)
  const queryClient = useQueryClient()
  const toast = useToast()
  const { mutate, isPending } = useStepUpMutation(createTransfer, {
    onSuccess(_, { to, amount }) {
      toast(`${inEuros(amount)} is on its way to ${to}.`)
      form.current?.reset()
      return queryClient.invalidateQueries({ queryKey: payoutsKey })
    },
    onError: useReportError(),
  })
  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault()
    const typed = new FormData(event.currentTarget)
    mutate({ to: text(typed, 'to').trim(), amount: Number(text(typed, 'amount')) })
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
