import { useDescope } from '@descope/react-sdk'
import { useMutation } from '@tanstack/react-query'
import { report, toast } from '../toasts.js'
import { accepted, usePerson } from './sdk.js'

/** Where a passkey is made. Whether that takes a fresh sign-in, Descope decides. */
export function AccountPage() {
  const sdk = useDescope()
  const person = usePerson()
  const loginId = person?.loginIds[0] ?? ''
  const add = useMutation({
    mutationFn: () => accepted(sdk.webauthn.update(loginId)),
    onSuccess: () => {
      toast('Your passkey is ready.')
    },
    onError: report,
  })
  return (
    <section aria-labelledby="account">
      <h1 id="account">Your sign-in</h1>
      <p>A passkey is your fingerprint, your face or a PIN, and stays on your device.</p>
      <button
        type="button"
        className="primary"
        disabled={add.isPending || loginId === ''}
        onClick={() => add.mutate()}
      >
        {add.isPending ? 'Waiting…' : 'Add a passkey'}
      </button>
    </section>
  )
}
