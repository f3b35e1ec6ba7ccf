import { createRemoteJWKSet } from 'jose'
import { createMemoryStepUpTimes, descopeAuthenticate } from 'react-step-up/server/descope'
import { readWorkosEvent, workosAuthenticate } from 'react-step-up/server/workos'
import { buildApp, DESCOPE_PROJECT } from './build-app.js'
import { startApi } from './api/index.js'
import { startProvider } from './idp/index.js'
import { listenOnLoopback } from './loopback.js'
import { createPages, policyFor, servePages } from './page.js'
import { startBackend } from './session/index.js'
import { Clock } from './session/clock.js'
import { startSupertokensBackend } from './supertokens/index.js'
import { startUpstream } from './upstream/index.js'
import { startDescope } from '../test/servers/descope.js'
import { startSupertokensCore } from '../test/servers/supertokens-core.js'
import { startWorkos } from '../test/servers/workos.js'

interface Running {
  /** Where things are, the console first. */
  readonly places: Readonly<Record<string, string>>
  readonly servers: readonly { close(): Promise<void> }[]
}

/** Tokens of a provider: console, provider, API and the company's own provider, an origin each. */
async function startOidc(port: number): Promise<Running> {
  const appOrigin = `http://localhost:${port}`
  const audience = `http://localhost:${port + 2}/`
  const upstream = await startUpstream(port + 3, appOrigin)
  const provider = await startProvider({
    ...{ port: port + 1, appOrigin, apiAudience: audience, upstream: upstream.issuer },
    onEvent: (event) => {
      api.record(event)
    },
  })
  await upstream.register(provider.ssoCallback)
  const { issuer } = provider
  const api = await startApi({ port: port + 2, appOrigin, issuer, audience })
  const dist = await buildApp({ auth: 'oidc', issuer, api: api.origin }, port)
  const policy = policyFor({ connect: [issuer, api.origin], frame: [issuer] })
  const app = await listenOnLoopback(createPages(dist, policy), port)
  return {
    places: {
      'Acme Console': appOrigin,
      '  provider': issuer,
      '  API': api.origin,
      '  Initech SSO': upstream.issuer,
    },
    servers: [app, api, provider, upstream],
  }
}

/** A session of the console's own: all of it on one origin, and the company's own provider. */
async function startSession(port: number): Promise<Running> {
  const upstream = await startUpstream(port + 3, `http://localhost:${port}`)
  const dist = await buildApp({ auth: 'session' }, port)
  const pages = () => servePages(dist, policyFor())
  const backend = await startBackend({ port, upstream: upstream.issuer, pages })
  await upstream.register(backend.ssoCallback)
  const { origin } = backend
  return {
    places: {
      'Acme Console': origin,
      '  API': `${origin}/api`,
      '  outbox': `${origin}/demo/outbox`,
      '  Initech SSO': upstream.issuer,
    },
    servers: [backend, upstream],
  }
}

/** Tokens of WorkOS, which stands here in memory: console, AuthKit and API, an origin each. */
async function startAuthKit(port: number): Promise<Running> {
  const clientId = 'client_acme'
  const appOrigin = `http://localhost:${port}`
  const workos = await startWorkos({
    ...{ port: port + 1, appOrigin, clientId },
    onEvent(event) {
      const line = readWorkosEvent(event)
      if (!line) return
      const { id: _, subject: userId, ipAddress: __, userAgent: ___, ...known } = line
      api.record({ ...known, userId })
    },
  })
  const { issuer, jwksUrl, origin } = workos
  const jwks = createRemoteJWKSet(new URL(jwksUrl))
  const authenticate = workosAuthenticate({ clientId, issuer, jwks })
  const api = await startApi({ port: port + 2, appOrigin, authenticate })
  const dist = await buildApp({ auth: 'workos', issuer: origin, api: api.origin }, port)
  const policy = policyFor({ connect: [origin, api.origin] })
  const app = await listenOnLoopback(createPages(dist, policy), port)
  return {
    places: { 'Acme Console': appOrigin, '  AuthKit': origin, '  API': api.origin },
    servers: [app, api, workos],
  }
}

/** Tokens of Descope, which stands here in memory: console, Descope and API, an origin each. */
async function startWithDescope(port: number): Promise<Running> {
  const appOrigin = `http://localhost:${port}`
  // Nobody waits ten minutes to see a step-up lapse: the demo sets the clock of both forward.
  const clock = new Clock()
  const descope = await startDescope({
    ...{ port: port + 1, appOrigin, projectId: DESCOPE_PROJECT, clock },
    onSteppedUp({ userId, id: sessionId, stepUpAt: authTime = 0 }, proof) {
      const at = new Date(authTime * 1000).toISOString()
      const method = proof === 'link' ? 'code' : proof
      api.record({ userId, sessionId, method, authTime, at })
    },
  })
  const { origin, projectId } = descope
  const { now } = clock
  const stepUpTimes = createMemoryStepUpTimes(now)
  const authenticate = descopeAuthenticate({ projectId, baseUrl: origin, stepUpTimes, now })
  const api = await startApi({
    ...{ port: port + 2, appOrigin, authenticate, now },
    onReset: () => {
      descope.reset()
    },
  })
  const dist = await buildApp({ auth: 'descope', issuer: origin, api: api.origin }, port)
  const policy = policyFor({ connect: [origin, api.origin] })
  const app = await listenOnLoopback(createPages(dist, policy), port)
  return {
    places: {
      'Acme Console': appOrigin,
      '  Descope': origin,
      '  outbox': `${origin}/demo/outbox`,
      '  API': api.origin,
    },
    servers: [app, api, descope],
  }
}

/** SuperTokens: console, a core in memory, the API behind the real backend SDK, the company's provider. */
async function startSupertokens(port: number): Promise<Running> {
  const appOrigin = `http://localhost:${port}`
  const clock = new Clock()
  const upstream = await startUpstream(port + 3, appOrigin)
  await upstream.register(`${appOrigin}/callback`)
  const core = await startSupertokensCore({ port: port + 1, now: () => clock.now() * 1000 })
  const api = await startSupertokensBackend({
    ...{ port: port + 2, appOrigin, core: core.origin, upstream: upstream.issuer, clock },
    onReset() {
      clock.reset()
      core.reset()
    },
  })
  const way = { auth: 'supertokens', issuer: api.origin, api: `${api.origin}/api` } as const
  const dist = await buildApp(way, port)
  const policy = policyFor({ connect: [api.origin] })
  const app = await listenOnLoopback(createPages(dist, policy), port)
  return {
    places: {
      'Acme Console': appOrigin,
      '  API': `${api.origin}/api`,
      '  outbox': `${api.origin}/demo/outbox`,
      '  Initech SSO': upstream.issuer,
    },
    servers: [app, api, core, upstream],
  }
}

/** What there is to sign people in with, and all that each needs. */
export const systems = {
  oidc: startOidc,
  session: startSession,
  workos: startAuthKit,
  descope: startWithDescope,
  supertokens: startSupertokens,
}
