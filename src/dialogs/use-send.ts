import { useState } from 'react'
import { useDialog } from './dialog-context.js'

/** Has a code or a link sent, once at a time. */
export function useSend(): { readonly send: () => void; readonly sending: boolean } {
  const { controls } = useDialog()
  const [sending, setSending] = useState(false)
  const send = () => {
    if (sending) return
    setSending(true)
    void controls.send().finally(() => setSending(false))
  }
  return { send, sending }
}
