import { createServer, type Server } from 'node:http'
import { connect } from 'node:net'
import express, { type ErrorRequestHandler } from 'express'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { verification } from '../../src/server/express.js'
import { listen } from './tokens.js'
import { createApp } from './verification-app.js'

const failed = vi.fn()
let app: ReturnType<typeof createApp>
let server: Server
let port: number

beforeEach(async () => {
  failed.mockClear()
  app = createApp()
  const site = express()
  site.set('trust proxy', true)
  site.use('/auth', verification(app.handler))
  const onError: ErrorRequestHandler = (error, _req, res, _next) => {
    failed(error)
    res.status(500).end()
  }
  site.use(onError)
  server = createServer(site)
  port = Number(new URL(await listen(server)).port)
})
afterEach(() => {
  server.closeAllConnections()
  server.close()
})

/** Sends `lines` as they are: no client would. */
function ask(lines: readonly string[], body = ''): Promise<{ status: number; body: unknown }> {
  return new Promise((resolve, reject) => {
    let text = ''
    connect({ port, host: 'localhost' })
      .setEncoding('utf8')
      .on('data', (chunk: string) => (text += chunk))
      .on('end', () => {
        const [head = '', rest = ''] = text.split('\r\n\r\n')
        resolve({ status: Number(head.split(' ')[1]), body: JSON.parse(rest) as unknown })
      })
      .on('error', reject)
      .write([...lines, 'Connection: close', '', body].join('\r\n'))
  })
}

const right = JSON.stringify({ id: 'password', password: 'analytical' })
const signedIn = [
  'Cookie: sid=a1',
  'Content-Type: application/json',
  `Content-Length: ${right.length}`,
]
const badRequest = { status: 400, body: { error: 'bad_request' } }

describe('verification in Express', () => {
  it.each([
    ['two words', 'a b'],
    ['half an address', '['],
    ['nothing', ''],
    ['a strange port', 'app.example:99999'],
    ['a name and a password', 'ada:secret@app.example'],
    ['a path of its own', 'app.example/auth/session?'],
    ['a query', 'app.example?'],
    ['a fragment', 'app.example#'],
  ])('refuses a Host of %s, whatever is asked for', async (_name, host) => {
    const post = ['POST /auth/password HTTP/1.1', `Host: ${host}`, ...signedIn]
    expect(await ask(['GET /auth/session HTTP/1.1', `Host: ${host}`])).toEqual(badRequest)
    expect(await ask([...post, 'Sec-Fetch-Site: same-origin'], right)).toEqual(badRequest)
    expect(await ask([...post, `Origin: http://${host}`], right)).toEqual(badRequest)
    expect(await ask([...post, 'Origin: null'], right)).toEqual(badRequest)
    expect(app.compared).toEqual([])
    expect(failed).not.toHaveBeenCalled()
  })

  it('refuses a scheme that no web page has', async () => {
    const scheme = ['Host: app.example', 'X-Forwarded-Proto: javascript', 'Origin: null']
    const post = ['POST /auth/password HTTP/1.1', ...scheme, ...signedIn]
    expect(await ask(post, right)).toEqual(badRequest)
    expect(app.compared).toEqual([])
  })

  it('answers without a Host, and takes no page for its own by it', async () => {
    const get = ['GET /auth/session HTTP/1.0', 'Cookie: sid=a1']
    expect(await ask(get)).toMatchObject({ status: 200, body: { subject: 'ada' } })
    const post = ['POST /auth/password HTTP/1.0', ...signedIn]
    for (const origin of ['http://localhost', `http://localhost:${port}`, 'null', 'http://']) {
      const refused = { status: 403, body: { error: 'forbidden' } }
      expect(await ask([...post, `Origin: ${origin}`], right)).toEqual(refused)
    }
    expect(app.compared).toEqual([])
    expect((await ask([...post, 'Sec-Fetch-Site: same-origin'], right)).status).toBe(200)
  })

  it.each(['/auth/password', '/auth/session', '/auth'])('does not TRACE %s', async (path) => {
    const answer = await ask([`TRACE ${path} HTTP/1.1`, 'Host: app.example'])
    expect(answer).toEqual({ status: 405, body: { error: 'method_not_allowed' } })
    expect(failed).not.toHaveBeenCalled()
  })
})
