import type { ReactNode } from 'react'
import type { DemoPerson } from './auth-system.js'

export const outboxLink = (href: string): ReactNode => (
  <a href={href} target="_blank" rel="noreferrer">
    outbox
  </a>
)

const passwordIs = (password: string) => (
  <>
    the password <code>{password}</code>
  </>
)

/** Who can sign in to consoles that ask in the page. */
export const peopleWith = (outbox: ReactNode, ...more: readonly DemoPerson[]): DemoPerson[] => [
  { name: 'Ada', email: 'ada@acme.test', proof: passwordIs('correct horse') },
  { name: 'Bob', email: 'bob@acme.test', proof: passwordIs('battery staple') },
  { name: 'Grace', email: 'grace@acme.test', proof: <>a code by mail, shown in the {outbox}</> },
  ...more,
  {
    name: 'Lin',
    email: 'lin@initech.test',
    proof: (
      <>
        Initech SSO: <code>paper jam</code>
      </>
    ),
  },
]
