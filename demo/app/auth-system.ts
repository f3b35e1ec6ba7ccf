import type { ComponentType, ReactNode } from 'react'
import type { AuthAdapter } from 'react-step-up'

/** Who is signed in, as far as the console's header has to know. */
export interface Account {
  readonly status: 'loading' | 'signed_in' | 'signed_out'
  readonly name?: string | undefined
  readonly error?: string | undefined
}

export interface Page {
  readonly title: string
  readonly content: ReactNode
  /** Also for who is not signed in. */
  readonly open?: boolean
  /** Not among the links of the header. */
  readonly hidden?: boolean
}

export interface DemoPerson {
  readonly name: string
  readonly email: string
  readonly proof: ReactNode
}

/** What the console needs of an auth system, beside the adapter. */
export interface AuthSystem {
  readonly adapter: AuthAdapter
  /** `returning`: the address is the end of a trip of ours, and nobody else's to handle. */
  readonly AuthProvider: ComponentType<{
    readonly returning: boolean
    readonly children: ReactNode
  }>
  readonly useAccount: () => Account
  readonly signIn: () => void
  readonly signOut: () => void
  /** What a call to the API takes along. */
  readonly authorize: () => Promise<Readonly<Record<string, string>>>
  /** Whether cookies go with it. */
  readonly apiCredentials: RequestCredentials
  /** Makes the sign-in older, where it is kept. */
  readonly moveSignIn: (seconds: number) => Promise<void>
  /** Who says how old it is. */
  readonly keeper: string
  /** After a reset of the demo. */
  readonly onReset: () => void
  readonly people: readonly DemoPerson[]
  /** Its words in the things to try. */
  readonly steps: {
    /** What happens right after a sign-in, where it is not that nobody asks. */
    readonly first?: string
    /** What happens to whoever signed in too long ago. */
    readonly asked: string
    /** By their titles, the things that only it can show. */
    readonly more: Readonly<Record<string, string>>
    /** How the API's answer has the person asked: the same …, in a word. */
    readonly again: string
  }
  /** Pages of its own. */
  readonly pages: Readonly<Record<string, Page>>
}
