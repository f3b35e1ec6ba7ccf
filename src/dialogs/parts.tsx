import type { ReactNode } from 'react'
import { useEffect } from 'react'
import type { Failure } from './messages.js'
import { useDialog, useModal } from './dialog-context.js'
import type { Label } from './wording.js'
import { linesOf } from './wording.js'

export interface TitleProps {
  readonly children: string
  /** Said together with the title, where it is what matters. */
  readonly more?: string | undefined
}

/** The dialog's name. A new title is announced. */
export function Title({ children, more = '' }: TitleProps): ReactNode {
  const { titleId, announce } = useModal()
  const said = `${children} ${more}`.trim()
  useEffect(() => announce(said), [said, announce])
  return (
    <h2 id={titleId} data-step-up="title">
      {children}
    </h2>
  )
}

/** What is read out with the dialog's name when it opens. */
export function Description({ children }: { readonly children: ReactNode }): ReactNode {
  return <div id={useModal().textId}>{children}</div>
}

export interface TextProps {
  readonly children: ReactNode
  readonly id?: string | undefined
}

export function Text({ children, id }: TextProps): ReactNode {
  return (
    <p id={id} data-step-up="text">
      {children}
    </p>
  )
}

/** What waits or waited, in one list. Labels come from outside, in whatever direction they run. */
export function Items({ labels }: { readonly labels: readonly Label[] }): ReactNode {
  const { messages } = useDialog()
  return (
    <ul data-step-up="items">
      {linesOf(labels, messages).map((line, index) => (
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
