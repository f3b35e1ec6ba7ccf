import type { ReactNode } from 'react'
import type { Authentication } from '../core/authentication.js'
import { useDialog } from './dialog-context.js'
import type { Label } from './wording.js'

export interface FactsProps {
  readonly labels: readonly Label[]
  readonly account: Authentication['account']
}

/** What is confirmed, and as whom. */
export function Facts({ labels, account }: FactsProps): ReactNode {
  const { messages, components } = useDialog()
  const { Items } = components
  const { name, loginHint } = account ?? {}
  const known = [name, loginHint].filter((text) => text !== undefined && text.trim() !== '')
  const lines = [...new Set(known)]
  const [initial] = lines[0]?.trim() ?? ''
  return (
    <dl data-step-up="facts">
      <div data-step-up="fact">
        <dt>{messages.action}</dt>
        <dd>
          <Items labels={labels} />
        </dd>
      </div>
      {initial !== undefined && (
        <div data-step-up="fact">
          <dt>{messages.account}</dt>
          <dd data-step-up="account">
            <span data-step-up="avatar" aria-hidden="true">
              {initial}
            </span>
            <span>
              {lines.map((line) => (
                <bdi key={line}>{line}</bdi>
              ))}
            </span>
          </dd>
        </div>
      )}
    </dl>
  )
}
