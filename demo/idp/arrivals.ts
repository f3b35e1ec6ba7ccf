import { acrOf } from './claims.js'
import { ssoPage, type Interaction, type Means, type Outcome } from './steps.js'
import { findUserByUpstreamSubject } from './users.js'

/** What the company's answer comes to. `undefined` where this interaction is waiting for none. */
export async function arrive(
  { federation }: Means,
  interaction: Interaction,
  answer: URLSearchParams,
): Promise<Outcome | undefined> {
  const arrived = await federation.arrive(interaction.uid, answer)
  if (arrived === undefined) return undefined
  if ('error' in arrived) return { result: { ...arrived } }

  const { email, subject, authTime, amr } = arrived
  const user = findUserByUpstreamSubject(subject)
  if (user?.email !== email.trim().toLowerCase()) {
    const error = 'Initech SSO signed in somebody else, or nobody with an account at Acme.'
    return { page: ssoPage(interaction, { email, error }) }
  }
  // The session is as old as the sign-in that it rests on, wherever that was.
  const login = { accountId: user.id, acr: acrOf.sso, ts: authTime }
  return { result: { login: amr ? { ...login, amr: [...amr] } : login } }
}
