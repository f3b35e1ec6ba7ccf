import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Listening {
  readonly port: number
  close(): Promise<void>
}

/**
 * Listens on this machine only, on both addresses that `localhost` may stand for: systems and
 * browsers disagree on which of them to try first. Port 0 takes one that is free on both.
 */
export async function listenOnLoopback(handler: RequestListener, port: number): Promise<Listening> {
  const first = await listen(createServer(handler), '127.0.0.1', port)
  const bound = (first.address() as AddressInfo).port
  try {
    const second = await listen(createServer(handler), '::1', bound)
    return { port: bound, close: () => closeAll([first, second]) }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT') {
      return { port: bound, close: () => closeAll([first]) }
    }
    await closeAll([first])
    if (code === 'EADDRINUSE' && port === 0) return listenOnLoopback(handler, 0)
    throw error
  }
}

export interface Origin {
  readonly origin: string
  /** Says what answers there; until then it is 503. */
  serve(handler: RequestListener): void
  close(): Promise<void>
}

/** For a server that has to know its own port, which may be known only once it listens. */
export async function openOrigin(port: number): Promise<Origin> {
  let handle: RequestListener = (_request, response) => response.writeHead(503).end()
  const listening = await listenOnLoopback((...exchange) => {
    handle(...exchange)
  }, port)
  return {
    origin: `http://localhost:${listening.port}`,
    serve: (handler) => {
      handle = handler
    },
    close: () => listening.close(),
  }
}

function listen(server: Server, host: string, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve(server)
    })
  })
}

async function closeAll(servers: readonly Server[]): Promise<void> {
  await Promise.all(
    servers.map(
      (server) =>
        new Promise<void>((resolve) => {
          server.close(() => {
            resolve()
          })
          // Browsers keep connections open, and would keep the process alive with them.
          server.closeAllConnections()
        }),
    ),
  )
}
