// What an app brings along: a token, how to leave for the sign-in page, how to spend a code.
import type { TokenAdapterOptions } from 'react-step-up/adapters/token'

const SLOT = 'app.id-token'
const listeners = new Set<() => void>()
const inBrowser = typeof window !== 'undefined'

export const idToken = () => (inBrowser ? sessionStorage.getItem(SLOT) : null)

async function take(url: string): Promise<void> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`The sign-in page answered ${response.status}.`)
  const { idToken } = (await response.json()) as { idToken: string }
  sessionStorage.setItem(SLOT, idToken)
  for (const listener of listeners) listener()
}

export function subscribe(onChange: () => void): () => void {
  listeners.add(onChange)
  return () => listeners.delete(onChange)
}

export const signInAnHourAgo = (provider: string) => take(`${provider}/hour-old`)

export const auth = (provider: string): TokenAdapterOptions => ({
  getToken: idToken,
  subscribe,
  label: 'Acme ID',
  redirect(trip) {
    const query = new URLSearchParams({
      redirect_uri: `${location.origin}/callback`,
      state: trip.handle,
      max_age: String(trip.maxAge),
    })
    location.assign(`${provider}/authorize?${query.toString()}`)
  },
  async complete(url) {
    const code = url.searchParams.get('code')
    if (code !== null) await take(`${provider}/token?code=${code}`)
  },
})
