import { useEffect, useState, type ReactNode } from 'react'
import type { TestStepUp } from 'react-step-up/testing'
import { Frame } from './hook-story.js'

interface TravelsProps {
  readonly stepUp: TestStepUp
  readonly title: string
  /** A function where something is made anew with each page. */
  readonly children: ReactNode | ((page: TestStepUp) => ReactNode)
}

/** A tab that really leaves: its page goes, and another one comes back from the provider. */
export function Travels({ stepUp, title, children }: TravelsProps) {
  const [page, setPage] = useState(stepUp)
  const [next, setNext] = useState<TestStepUp | null>(null)
  useEffect(
    () =>
      page.client.subscribe(({ type }) => {
        // Before the page is taken down: a real one is gone by then, and cannot give anything up.
        if (type === 'left') queueMicrotask(() => setNext(page.comeBack()))
      }),
    [page],
  )
  if (next) {
    return (
      <main className="page hook">
        <h1>Acme ID</h1>
        <p>Please sign in again, Ada.</p>
        <button
          type="button"
          onClick={() => {
            setPage(next)
            setNext(null)
          }}
        >
          Sign in
        </button>
      </main>
    )
  }
  return (
    <Frame key={page === stepUp ? 'before' : 'after'} stepUp={page} title={title}>
      {typeof children === 'function' ? children(page) : children}
    </Frame>
  )
}
