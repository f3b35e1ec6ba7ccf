import { useEffect, useState } from 'react'

/** Whole seconds left of `seconds`, counted from when `since` was first seen. */
export function useCountdown(seconds: number | undefined, since: unknown): number {
  const [seen, setSeen] = useState({ since, left: seconds ?? 0 })
  const current = seen.since === since
  useEffect(() => {
    const end = Date.now() + (seconds ?? 0) * 1000
    let timer: ReturnType<typeof setTimeout>
    const tick = () => {
      const left = Math.max(0, Math.ceil((end - Date.now()) / 1000))
      setSeen({ since, left })
      if (left > 0) timer = setTimeout(tick, 1000)
    }
    tick()
    return () => clearTimeout(timer)
  }, [seconds, since])
  return current ? seen.left : Math.ceil(seconds ?? 0)
}
