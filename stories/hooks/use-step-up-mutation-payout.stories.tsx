import type { Meta, StoryObj } from '@storybook/react-vite'
import { useQuery } from '@tanstack/react-query'
import type { SyntheticEvent } from 'react'
import { defineAction, useResumableDraft, useResumed } from 'react-step-up'
import { useStepUpMutation } from 'react-step-up/query'
import { expect, within } from 'storybook/test'
import * as v from 'valibot'
import { signedIn, stepUpOf } from './hook-story.js'
import { WithQueries, Work } from './query-story.js'
import { Travels } from './travels.js'

/** The bank, and how the account with it is changed. */
function createApi() {
  let account = 'DE02 1203 0000 0000 2020 51'
  const changeAccount = defineAction({
    id: 'payout.change',
    requirement: 180,
    schema: v.object({ iban: v.string() }),
    run({ iban }) {
      account = iban
    },
    describe: ({ iban }) =>
      `Pay out to the account that ends in ${iban.replace(/\s/g, '').slice(-4)}`,
  })
  return { changeAccount, read: () => Promise.resolve(account) }
}
type Api = ReturnType<typeof createApi>

const queryKey = ['payout']
const EMPTY = { iban: '' }

/** What is typed here is still there after a trip, and gone once it is done. */
function Payout({ api: { changeAccount, read } }: { readonly api: Api }) {
  const { data } = useQuery({ queryKey, queryFn: read })
  const [draft, setDraft] = useResumableDraft('payout', EMPTY)
  const { mutate, isPending } = useStepUpMutation(changeAccount)
  const empty = () => setDraft(EMPTY)
  useResumed(changeAccount, (outcome) => {
    if ('data' in outcome) empty()
  })
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    mutate(draft, { onSuccess: empty })
  }
  return (
    <form onSubmit={submit}>
      <p>
        Paid out to <code>{data}</code>
      </p>
      <label>
        IBAN
        <input
          required
          autoComplete="off"
          value={draft.iban}
          onChange={({ target }) => setDraft({ iban: target.value })}
        />
      </label>
      <button type="submit" disabled={isPending}>
        {isPending ? 'Waiting…' : 'Change the account'}
      </button>
      <Work action={changeAccount} />
    </form>
  )
}

const meta = {
  title: 'Hooks/useStepUpMutation/Payout account',
  loaders: [
    () => {
      const api = createApi()
      const stepUp = signedIn(3600, { actions: [api.changeAccount] })
      // Somebody of a company: they sign in there, and nowhere else.
      stepUp.adapter.offered = [stepUp.adapter.trip]
      return { api, stepUp }
    },
  ],
  render: (_, { loaded }) => {
    const api = loaded['api'] as Api
    return (
      <Travels stepUp={stepUpOf({ loaded })} title="Payouts">
        {(page) => (
          <WithQueries
            page={page}
            setDefaults={(queryClient) =>
              queryClient.setMutationDefaults(api.changeAccount.mutationKey, {
                onSuccess: () => queryClient.invalidateQueries({ queryKey }),
              })
            }
          >
            <Payout api={api} />
          </WithQueries>
        )}
      </Travels>
    )
  },
} satisfies Meta
export default meta
type Story = StoryObj<typeof meta>

const IBAN = 'GB82 WEST 1234 5698 7654 32'

export const BackFromTheCompany: Story = {
  play: async ({ canvas, userEvent }) => {
    await canvas.findByText(/2020 51/)
    await userEvent.type(canvas.getByLabelText('IBAN'), IBAN)
    await userEvent.click(canvas.getByRole('button', { name: 'Change the account' }))
    await userEvent.click(await canvas.findByRole('button', { name: 'Continue to Acme ID' }))
    await userEvent.click(await canvas.findByRole('button', { name: 'Sign in' }))
    const dialog = await canvas.findByRole('dialog', { name: /^Welcome back/ })
    await expect(canvas.getByLabelText('IBAN')).toHaveValue(IBAN)
    await userEvent.click(within(dialog).getByRole('button', { name: /ends in/ }))
    await canvas.findByText(IBAN)
    await canvas.findByText(/ends in 5432: done/)
    await expect(canvas.getByLabelText('IBAN')).toHaveValue('')
  },
}
