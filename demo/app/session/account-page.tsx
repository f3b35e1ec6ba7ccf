import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRequireFreshAuth } from 'react-step-up'
import { report, toast } from '../toasts.js'
import { addPasskey, readPasskeys } from './passkeys.js'

/** How the person signs in, and where a passkey is made. */
export function AccountPage() {
  const { data } = useQuery({ queryKey: ['passkeys'], queryFn: readPasskeys })
  const requireFreshAuth = useRequireFreshAuth('passkey.add')
  const queryClient = useQueryClient()
  const add = useMutation({
    mutationFn: () => requireFreshAuth(addPasskey),
    onSuccess: () => {
      toast('Your passkey is ready.')
      void queryClient.invalidateQueries({ queryKey: ['passkeys'] })
    },
    onError: report,
  })
  const count = data?.count ?? 0
  return (
    <section aria-labelledby="account">
      <h1 id="account">Your sign-in</h1>
      <p>
        A passkey is your fingerprint, your face or a PIN, and stays on your device. Whoever adds
        one can sign in as you, so it takes a sign-in of the last 5 minutes.
      </p>
      {data?.missing && <p className="notice">You have no passkey yet. Make one to go on.</p>}
      {count > 0 && <p>{count === 1 ? 'You have a passkey.' : `You have ${count} passkeys.`}</p>}
      <button
        type="button"
        className="primary"
        disabled={add.isPending}
        onClick={() => add.mutate()}
      >
        {add.isPending ? 'Waiting…' : 'Add a passkey'}
      </button>
    </section>
  )
}
