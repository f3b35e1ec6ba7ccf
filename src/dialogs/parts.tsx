import type { ReactNode } from 'react'
import type { Failure } from './messages.js'

export interface TitleProps {
  /** The dialog is named by it. */
  readonly id: string
  readonly children: string
}

export function Title({ id, children }: TitleProps): ReactNode {
  return (
    <h2 id={id} data-step-up="title">
      {children}
    </h2>
  )
}

export function Text({ children }: { readonly children: ReactNode }): ReactNode {
  return <p data-step-up="text">{children}</p>
}

/** Labels come from outside, in whatever direction they run. */
export function Items({ lines }: { readonly lines: readonly string[] }): ReactNode {
  return (
    <ul data-step-up="items">
      {lines.map((line, index) => (
        <li key={index} dir="auto">
          {line}
        </li>
      ))}
    </ul>
  )
}

/** What went wrong, where it went wrong. */
export function Notice({ title, text }: Failure): ReactNode {
  return (
    <div role="alert" data-step-up="notice">
      <strong>{title}</strong> <span>{text}</span>
    </div>
  )
}

export function Actions({ children }: { readonly children: ReactNode }): ReactNode {
  return <div data-step-up="actions">{children}</div>
}
