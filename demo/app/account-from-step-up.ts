import { useAuthentication, useFreshness } from 'react-step-up'
import type { AuthSystem } from './auth-system.js'

/** Who is signed in, where nobody but the step-up client has read it. */
export const useAccount: AuthSystem['useAccount'] = () => {
  const authentication = useAuthentication()
  const { reason } = useFreshness('project.delete')
  if (authentication) return { status: 'signed_in', name: authentication.account?.name }
  if (reason === 'loading') return { status: 'loading' }
  const error = reason === 'unknown' ? 'The server could not be reached.' : undefined
  return { status: 'signed_out', error }
}
