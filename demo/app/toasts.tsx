import { useSyncExternalStore } from 'react'
import { isCancelled } from 'react-step-up/query'

let text = ''
const listeners = new Set<() => void>()

/** Says one thing at a time, to screen readers as well. */
export function toast(next: string): void {
  text = next
  for (const listener of listeners) listener()
}

/** What to say of a guarded call that did not come through; its own dialog said the rest. */
export function report(error: unknown): void {
  if (isCancelled(error)) toast('Nothing was done.')
  else toast(error instanceof Error ? error.message : 'It did not work.')
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function Toasts() {
  const shown = useSyncExternalStore(subscribe, () => text)
  return (
    <output className="toast" data-shown={shown !== ''}>
      {shown}
      {shown !== '' && (
        <button type="button" className="plain" onClick={() => toast('')}>
          Dismiss
        </button>
      )}
    </output>
  )
}
