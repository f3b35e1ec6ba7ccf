import express from 'express'
import { listenOnLoopback } from '../loopback.js'
import { createApi, type Evidence } from './api.js'
import type { Reauthentication } from './audit.js'
import { allowOrigin, refuseOtherOrigins } from './cors.js'

export type { AuditEntry } from './audit.js'

export type ApiOptions = Evidence & {
  /** 0 takes any free port. */
  port: number
  /** Where the console is served, e.g. `http://localhost:4400`. */
  appOrigin: string
  /** What else begins anew. */
  onReset?: () => void
}

export interface Api {
  readonly origin: string
  /** Takes a provider's news of a re-authentication into the audit log. */
  record(event: Reauthentication & { at: string }): void
  close(): Promise<void>
}

/** Starts the demo's API on `http://localhost:<port>`, reachable from here only. */
export async function startApi({
  port,
  appOrigin,
  onReset,
  ...evidence
}: ApiOptions): Promise<Api> {
  const { audit, router } = createApi(evidence, onReset)
  const app = express()
  app.disable('x-powered-by').disable('etag')
  app.use(allowOrigin(appOrigin))
  app.use('/demo', refuseOtherOrigins(appOrigin))
  app.use(router)

  const listening = await listenOnLoopback(app, port)
  return {
    origin: `http://localhost:${listening.port}`,
    record({ at, ...event }) {
      audit.add({ kind: 'reauthentication', ...event }, at)
    },
    close: () => listening.close(),
  }
}
