import { useEffect, useState } from 'react'
import { useAuthentication } from 'react-step-up'

/** When the person last proved who they are, as the console's own tokens tell. */
export function SignInAge() {
  const { authTime } = useAuthentication() ?? {}
  const now = useNow()
  if (authTime === undefined) return null
  const time = new Date(authTime * 1000).toLocaleTimeString()
  return (
    <small title={`auth_time ${String(authTime)}`}>
      proved it at {time}, {inWords(Math.max(0, now / 1000 - authTime))} ago
    </small>
  )
}

function useNow(): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  return now
}

export function inWords(seconds: number): string {
  if (seconds < 60) return `${Math.floor(seconds)} s`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`
}
