import type { SyntheticEvent } from 'react'
import { useState } from 'react'
import { useResumableDraft, useResumed } from 'react-step-up'
import { useStepUpMutation } from 'react-step-up/query'
import * as v from 'valibot'
import { payout } from '../payments.js'
import { changePayout } from './actions.js'

const EMPTY = { iban: '' }

/** What is typed here is still there after a trip. */
export function AccountForm() {
  const [draft, setDraft] = useResumableDraft(changePayout.id, EMPTY)
  const [problem, setProblem] = useState('')
  const empty = () => setDraft(EMPTY)
  const { mutate, isPending } = useStepUpMutation(changePayout)
  useResumed(changePayout, (outcome) => {
    if ('data' in outcome) empty()
  })
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    const { success, output, issues } = v.safeParse(payout, draft)
    setProblem(issues?.[0].message ?? '')
    if (success) mutate(output, { onSuccess: empty })
  }
  return (
    <form className="card" noValidate onSubmit={submit}>
      <label>
        IBAN
        <input
          name="iban"
          autoComplete="off"
          spellCheck={false}
          size={30}
          value={draft.iban}
          aria-invalid={problem !== ''}
          aria-describedby={problem === '' ? undefined : 'iban-problem'}
          onChange={({ target }) => setDraft({ iban: target.value })}
        />
      </label>
      {problem !== '' && (
        <p role="alert" id="iban-problem">
          {problem}
        </p>
      )}
      <button type="submit" className="primary" disabled={isPending}>
        {isPending ? 'Waiting…' : 'Change the account'}
      </button>
    </form>
  )
}
