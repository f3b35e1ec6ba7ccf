import type { ReactNode } from 'react'

export interface FactsProps {
  /** What the first fact is called. */
  readonly action: string
  /** What waits: `Items`. */
  readonly items: ReactNode
  /** What the second one is called. */
  readonly account: string
  /** The person's name and masked address, as far as they are known. */
  readonly person: readonly string[]
}

/** What is confirmed, and as whom. */
export function Facts({ action, items, account, person }: FactsProps): ReactNode {
  const [initial] = /\p{L}/u.exec(person[0] ?? '') ?? []
  return (
    <dl data-step-up="facts">
      <div data-step-up="fact">
        <dt>{action}</dt>
        <dd>{items}</dd>
      </div>
      {person.length > 0 && (
        <div data-step-up="fact">
          <dt>{account}</dt>
          <dd data-step-up="account">
            {initial && (
              <span data-step-up="avatar" aria-hidden="true">
                {initial}
              </span>
            )}
            <span>
              {person.map((line) => (
                <bdi key={line}>{line}</bdi>
              ))}
            </span>
          </dd>
        </div>
      )}
    </dl>
  )
}
