import type { Meta, StoryObj } from '@storybook/react-vite'
import { challengeFrom, formatChallenge } from 'react-step-up'
import { useStepUpQuery } from 'react-step-up/query'
import { FAKE_PASSWORD, type TestStepUp } from 'react-step-up/testing'
import { expect, waitFor } from 'storybook/test'
import { confirm, Frame, signedIn, stepUpOf } from './hook-story.js'
import { queryClientOf, WithQueries } from './query-story.js'

const SECRET = 'sk_live_51H8xT9'
const KEY = ['api-key', 'live']

/** What HTTP clients throw: an error that has the answer. */
class HttpError extends Error {
  constructor(readonly response: Response) {
    super(`The API answers ${response.status}.`)
  }
}

interface Api {
  /** The oldest sign-in that it takes, in seconds; it knows nothing of what the page thinks. */
  readonly maxAge: number
  /** How often it was asked. */
  calls: number
}

function reveal({ adapter, clock }: TestStepUp, api: Api): Promise<string> {
  api.calls++
  const age = clock.now().wall - (adapter.authentication?.authTime ?? 0)
  if (age <= api.maxAge) return Promise.resolve(SECRET)
  const headers = { 'WWW-Authenticate': formatChallenge({ scheme: 'Bearer', maxAge: api.maxAge }) }
  return Promise.reject(new HttpError(new Response(null, { status: 401, headers })))
}

function ApiKey({ page, api }: { readonly page: TestStepUp; readonly api: Api }) {
  const { query, fresh, reason, verify, error } = useStepUpQuery({
    queryKey: KEY,
    queryFn: () => reveal(page, api),
    requirement: 300,
  })
  if (query.isSuccess) return <code>{query.data}</code>
  return (
    <div className="card">
      <p>The key is hidden{reason && `: ${reason}`}.</p>
      {error && <p role="alert">That did not work: {error.code}.</p>}
      {query.error && (
        <p role="alert">
          {challengeFrom(query.error) ? 'The API wants a newer proof.' : query.error.message}
        </p>
      )}
      <button type="button" onClick={() => void verify()}>
        {fresh ? 'Try again' : 'Show the key'}
      </button>
    </div>
  )
}

const app = (age: number, maxAge = 300) => ({
  stepUp: signedIn(age),
  api: { maxAge, calls: 0 } satisfies Api,
})

const meta = {
  title: 'Hooks/useStepUpQuery',
  loaders: [() => app(3600)],
  render: (_, { loaded }) => {
    const page = stepUpOf({ loaded })
    return (
      <Frame stepUp={page} title="API key">
        <WithQueries page={page}>
          <ApiKey page={page} api={loaded['api'] as Api} />
        </WithQueries>
        <button type="button" onClick={() => page.clock.advance(60)}>
          Let a minute pass
        </button>
      </Frame>
    )
  },
} satisfies Meta
export default meta
type Story = StoryObj<typeof meta>
type Context = Parameters<NonNullable<Story['play']>>[0]

const apiOf = ({ loaded }: Context) => loaded['api'] as Api
const cached = (context: Context) => queryClientOf(stepUpOf(context)).getQueryData(KEY)

async function press({ canvas, userEvent }: Context, name: string): Promise<void> {
  await userEvent.click(await canvas.findByRole('button', { name }))
}

const closed = ({ canvas }: Context) =>
  waitFor(() => expect(canvas.queryByRole('dialog')).toBeNull())

export const Hidden: Story = {
  play: async (context) => {
    const { canvas } = context
    await expect(await canvas.findByText('The key is hidden: stale.')).toBeVisible()
    // Nobody is asked who has not pressed anything, and nor is the API.
    await expect(canvas.queryByRole('dialog')).toBeNull()
    await expect(apiOf(context).calls).toBe(0)
  },
}

export const VanishesAtTheLapse: Story = {
  play: async (context) => {
    const { canvas } = context
    await press(context, 'Show the key')
    await confirm(context, FAKE_PASSWORD)
    await expect(await canvas.findByText(SECRET)).toBeVisible()
    await closed(context)
    for (let minutes = 1; minutes <= 5; minutes++) await press(context, 'Let a minute pass')
    // Five minutes are still allowed; a moment later it is gone, with nobody touching anything.
    await expect(canvas.getByText(SECRET)).toBeVisible()
    const { calls } = apiOf(context)
    stepUpOf(context).clock.advance(1)
    await expect(cached(context)).toBeUndefined()
    await waitFor(() => expect(canvas.queryByText(SECRET)).toBeNull())
    await expect(canvas.getByRole('button', { name: 'Show the key' })).toBeVisible()
    await expect(apiOf(context).calls).toBe(calls)
  },
}

export const VanishesWithWhoSignsOut: Story = {
  loaders: [() => app(60)],
  play: async (context) => {
    const { canvas } = context
    await expect(await canvas.findByText(SECRET)).toBeVisible()
    stepUpOf(context).adapter.authentication = null
    await expect(await canvas.findByText('The key is hidden: signed_out.')).toBeVisible()
    await expect(cached(context)).toBeUndefined()
  },
}

export const Cancelled: Story = {
  play: async (context) => {
    const { canvas } = context
    await press(context, 'Show the key')
    await canvas.findByRole('dialog', { name: "Confirm that it's you" })
    await press(context, 'Cancel')
    await closed(context)
    await expect(canvas.getByText('The key is hidden: stale.')).toBeVisible()
    await expect(canvas.queryByRole('alert')).toBeNull()
    await expect(apiOf(context).calls).toBe(0)
  },
}

export const Refused: Story = {
  play: async (context) => {
    const { canvas } = context
    stepUpOf(context).adapter.offered = []
    await press(context, 'Show the key')
    await canvas.findByRole('dialog', { name: 'There is no way to confirm' })
    await press(context, 'Close')
    await expect(await canvas.findByRole('alert')).toHaveTextContent('no_method')
    await expect(apiOf(context).calls).toBe(0)
  },
}

export const RefusedByTheApi: Story = {
  // Young enough for the page, and too old for the API.
  loaders: [() => app(120, 60)],
  play: async (context) => {
    const { canvas } = context
    await expect(await canvas.findByText('The API wants a newer proof.')).toHaveRole('alert')
    await expect(apiOf(context).calls).toBe(1)
    await expect(canvas.queryByRole('dialog')).toBeNull()
    await press(context, 'Try again')
    await confirm(context, FAKE_PASSWORD)
    await expect(await canvas.findByText(SECRET)).toBeVisible()
    await closed(context)
    await expect(canvas.queryByRole('alert')).toBeNull()
    // Shown once, refused once more, and given after the proof.
    await expect(apiOf(context).calls).toBe(3)
  },
}
