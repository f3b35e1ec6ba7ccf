import type { RequestHandler } from 'express'
import type { Authentication, Decision } from 'react-step-up/server'

/** The authentication that a line is about: enough to find it at the provider, and no token. */
type Evidence = Pick<Authentication, 'issuer' | 'subject' | 'sessionId' | 'authTime'>

/** Not every provider tells in which session it was, by which method and when. */
export interface Reauthentication {
  userId: string
  sessionId?: string
  method?: string | undefined
  /** Seconds since the epoch. */
  authTime?: number
}

export type AuditEvent =
  /** The guard let a request pass, on the strength of `authentication`, or refused it. */
  | ({ kind: 'decision'; action: string; authentication?: Evidence } & Pick<
      Decision,
      'allowed' | 'requirement' | 'reason'
    >)
  /** What was then done. */
  | { kind: 'action'; action: string; summary: string; authentication: Evidence }
  | ({ kind: 'reauthentication' } & Reauthentication)

/** `id` counts up; `at` is ISO 8601. */
export type AuditEntry = { id: number; at: string } & AuditEvent

const KEPT = 500

export const evidence = ({ issuer, subject, sessionId, authTime }: Authentication): Evidence => ({
  issuer,
  subject,
  ...(sessionId !== undefined && { sessionId }),
  ...(authTime !== undefined && { authTime }),
})

export class AuditLog {
  #entries: AuditEntry[] = []
  #count = 0
  readonly #listeners = new Set<(entry: AuditEntry) => void>()

  add(event: AuditEvent, at = new Date().toISOString()): void {
    this.#count += 1
    const entry = { id: this.#count, at, ...event }
    this.#entries = [entry, ...this.#entries].slice(0, KEPT)
    for (const listener of this.#listeners) listener(entry)
  }

  clear(): void {
    this.#entries = []
  }

  /** Newest first. */
  readonly list: RequestHandler = (_req, res) => {
    res.json({ entries: this.#entries })
  }

  /** Server-sent events: what there is, oldest first, then what comes; after a break, what was missed. */
  readonly stream: RequestHandler = (req, res) => {
    const seen = Number(req.get('Last-Event-ID') ?? 0)
    const send = (entry: AuditEntry): void => {
      res.write(`id: ${entry.id}\ndata: ${JSON.stringify(entry)}\n\n`)
    }
    res.set('Content-Type', 'text/event-stream').flushHeaders()
    for (const entry of this.#entries.toReversed()) if (entry.id > seen) send(entry)
    this.#listeners.add(send)
    const heartbeat = setInterval(() => res.write(':\n\n'), 15_000)
    res.on('close', () => {
      clearInterval(heartbeat)
      this.#listeners.delete(send)
    })
  }
}
