import { useEffect, useState } from 'react'
import type { AuditEntry } from '../api/index.js'
import { inWords } from './freshness.js'

/** What the API and the provider say of every decision, as it happens. */
export function AuditLog() {
  const entries = useEntries()
  return (
    <aside aria-labelledby="audit">
      <h2 id="audit">Audit log</h2>
      <p>
        <small>Live, from the API: each decision, and the sign-in that it rests on.</small>
      </p>
      {entries.length === 0 && <p className="notice">Nothing yet.</p>}
      <ol className="log" reversed tabIndex={0} aria-label="Entries, newest first">
        {entries.map((entry) => (
          <li key={entry.id} data-kind={entry.kind} data-allowed={isAllowed(entry)}>
            <time dateTime={entry.at}>{new Date(entry.at).toLocaleTimeString()}</time>
            <span>{summaryOf(entry)}</span>
            <small>{evidenceOf(entry)}</small>
          </li>
        ))}
      </ol>
    </aside>
  )
}

function useEntries(): readonly AuditEntry[] {
  const [entries, setEntries] = useState<readonly AuditEntry[]>([])
  useEffect(() => {
    const source = new EventSource(`${API}/audit/stream`)
    source.onmessage = ({ data }: MessageEvent<string>) => {
      const entry = JSON.parse(data) as AuditEntry
      setEntries((before) => [entry, ...before.filter(({ id }) => id !== entry.id)].slice(0, 50))
    }
    return () => source.close()
  }, [])
  return entries
}

const isAllowed = (entry: AuditEntry) => (entry.kind === 'decision' ? entry.allowed : undefined)

function summaryOf(entry: AuditEntry): string {
  switch (entry.kind) {
    case 'reauthentication':
      return entry.method ? `Proved it again, by ${entry.method}` : 'Proved it again'
    case 'action':
      return entry.summary
    case 'decision':
      return `${entry.allowed ? 'Allowed' : 'Refused'} ${entry.action}${entry.reason ? `: ${entry.reason}` : ''}`
  }
}

function evidenceOf(entry: AuditEntry): string {
  const { subject, sessionId, authTime } =
    entry.kind === 'reauthentication'
      ? { subject: entry.userId, sessionId: entry.sessionId, authTime: entry.authTime }
      : (entry.authentication ?? {})
  if (subject === undefined) return ''
  const age = authTime === undefined ? NaN : new Date(entry.at).getTime() / 1000 - authTime
  const proved = Number.isNaN(age) ? 'no auth_time' : `proved ${inWords(Math.max(0, age))} before`
  return `${subject} · session ${sessionId?.slice(-6) ?? 'unknown'} · ${proved}`
}
