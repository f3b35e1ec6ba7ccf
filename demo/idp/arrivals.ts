import { acrOf } from './claims.js'
import type { Arrived } from './federation.js'
import { ssoPage, type Means } from './steps.js'
import { findUserByUpstreamSubject, type User } from './users.js'
import type { Interaction, Outcome } from './with-interaction.js'

/** What the company's answer comes to. `undefined` where this interaction is waiting for none. */
export async function arrive(
  { federation }: Means,
  interaction: Interaction,
  answer: URLSearchParams,
): Promise<Outcome | undefined> {
  const arrived = await federation.arrive(interaction.uid, answer)
  if (arrived === undefined) return undefined
  if ('error' in arrived) return { result: { ...arrived } }

  const { email, authTime, amr } = arrived
  const user = userOf(arrived)
  if (!user) {
    const error = 'Initech SSO signed in somebody else, or nobody with an account at Acme.'
    return { page: ssoPage(interaction, { email, error }) }
  }
  // The session is as old as the sign-in that it rests on, wherever that was.
  const login = { accountId: user.id, acr: acrOf.sso, ts: authTime }
  return { result: { login: amr ? { ...login, amr: [...amr] } : login } }
}

/** Who it is here, if it is who was sent there. */
export function userOf({ email, subject }: Arrived): User | undefined {
  const user = findUserByUpstreamSubject(subject)
  return user?.email === email.trim().toLowerCase() ? user : undefined
}
