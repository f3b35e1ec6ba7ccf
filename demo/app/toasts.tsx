import type { ReactNode } from 'react'
import { createContext, use, useCallback, useState } from 'react'
import { isCancelled } from 'react-step-up/query'

const ToastContext = createContext<(text: string) => void>(() => undefined)

/** Says one thing at a time, to screen readers as well. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [text, setText] = useState('')
  return (
    <ToastContext value={setText}>
      {children}
      <output className="toast" data-shown={text !== ''}>
        {text}
        {text !== '' && (
          <button type="button" className="plain" onClick={() => setText('')}>
            Dismiss
          </button>
        )}
      </output>
    </ToastContext>
  )
}

export const useToast = () => use(ToastContext)

/** What to say of a guarded call that did not come through; its own dialog said the rest. */
export function useReportError() {
  const toast = useToast()
  return useCallback(
    (error: unknown) => {
      if (isCancelled(error)) toast('Nothing was done.')
      else toast(error instanceof Error ? error.message : 'It did not work.')
    },
    [toast],
  )
}
