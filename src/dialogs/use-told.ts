import { useEffect } from 'react'
import { useModal } from './dialog-context.js'

/** Tells `text` to screen readers, if there is any, each time `since` changes. */
export function useTold(text: string, since: unknown): void {
  const { announce } = useModal()
  useEffect(() => {
    if (text !== '') announce(text)
  }, [announce, since, text])
}
