import { UserManager, type NavigateParams } from 'oidc-client-ts'
import { createOidcClientTsAdapter } from 'react-step-up/adapters/oidc-client-ts'
import type { TripMethod } from 'react-step-up'
import { ada, bob, CLIENT, startProvider } from '../servers/provider.js'
import type { AuthSystem } from './contract.js'

const CALLBACK = 'https://app.test/callback'

/** The real SDK, except that a page writes down where it would have gone. */
export async function startOidcClientTsSystem(): Promise<AuthSystem> {
  let now = 1_800_000_000
  let left = ''
  const provider = await startProvider({ redirectUris: [CALLBACK], now: () => now })
  const navigate = ({ url }: NavigateParams) => Promise.resolve({ url: (left = url) })
  const userManager = new UserManager(
    {
      ...{ authority: provider.issuer, client_id: CLIENT, redirect_uri: CALLBACK },
      automaticSilentRenew: false,
    },
    {
      prepare: () => Promise.resolve({ navigate, close: () => undefined }),
      callback: () => Promise.resolve(),
    },
  )
  const adapter = createOidcClientTsAdapter(userManager)
  /** The person signs in over there, and is sent back. */
  async function confirm(person: 'ada' | 'bob'): Promise<URL> {
    provider.person = { ada, bob }[person]
    const answer = await fetch(left, { redirect: 'manual' })
    return new URL(answer.headers.get('Location') ?? '')
  }
  return {
    adapter,
    async signIn(person, age = 0) {
      provider.session = null
      await userManager.signinRedirect()
      now -= age
      const back = await confirm(person)
      now += age
      await userManager.signinCallback(back.href)
    },
    signOut: () => userManager.removeUser(),
    async refresh() {
      now += 60
      await userManager.signinSilent()
    },
    breakDown: () => provider.close(),
    async travel(trip, person) {
      const methods = await adapter.methods(trip.requirement, { issuer: '', subject: person })
      await (methods[0] as TripMethod).start(trip)
      return confirm(person)
    },
    stop: () => provider.close(),
  }
}
