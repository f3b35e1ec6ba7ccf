import type { useDescope } from '@descope/react-sdk'
import { getSessionToken, useUser } from '@descope/react-sdk'
import { adapter } from './adapter.js'

type Sdk = ReturnType<typeof useDescope>
let found: (sdk: Sdk) => void

/** What `useDescope()` gives, for what is no component. */
export const descope = new Promise<Sdk>((resolve) => {
  found = resolve
})

export function connect(sdk: Sdk): void {
  found(sdk)
  adapter.connect(sdk)
}

/** Nobody before they are known, whatever the SDK's types say. */
export const usePerson = (): ReturnType<typeof useUser>['user'] | undefined => useUser().user

export const sessionToken = (): string => getSessionToken()

/** @throws Error with what Descope says, where it refuses. */
export async function accepted<T>(
  answer: Promise<{ ok: boolean; data?: T; error?: { errorDescription: string } }>,
): Promise<T | undefined> {
  const { ok, data, error } = await answer
  if (!ok) throw new Error(error?.errorDescription ?? 'Descope refused it.')
  return data
}
