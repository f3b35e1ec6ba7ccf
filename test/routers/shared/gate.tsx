'use client'
import type { ReactNode } from 'react'
import { useSyncExternalStore } from 'react'
import { idToken, signInAnHourAgo, subscribe } from './auth.ts'

/** The app's own sign-in gate. */
export function Gate(props: { readonly provider: string; readonly children: ReactNode }) {
  const token = useSyncExternalStore(subscribe, idToken, () => null)
  if (token !== null) return props.children
  return <button onClick={() => void signInAnHourAgo(props.provider)}>Sign in</button>
}
