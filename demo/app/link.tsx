import type { ReactNode } from 'react'
import { navigate } from './location.js'

interface LinkProps {
  readonly to: string
  readonly current?: boolean
  readonly children: ReactNode
}

/** A link inside the console. */
export function Link({ to, current = false, children }: LinkProps) {
  return (
    <a
      href={to}
      aria-current={current ? 'page' : undefined}
      onClick={(event) => {
        event.preventDefault()
        navigate(to)
      }}
    >
      {children}
    </a>
  )
}
