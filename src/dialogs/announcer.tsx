import type { ReactNode } from 'react'
import { useEffect, useState } from 'react'

/** Screen readers tell what changes in a region they know already, so text comes after its region. */
const DELAY = 100

interface AnnouncerProps {
  readonly text: string
  readonly lang: string
}

/** Tells `text` to screen readers whenever it changes, and nothing of before meanwhile. */
export function Announcer({ text, lang }: AnnouncerProps): ReactNode {
  const [told, setTold] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setTold(text), DELAY)
    return () => clearTimeout(timer)
  }, [text])
  return (
    <div role="status" lang={lang} data-step-up="status">
      {told === text ? told : ''}
    </div>
  )
}
