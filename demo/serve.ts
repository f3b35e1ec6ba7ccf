import { fileURLToPath } from 'node:url'
import express from 'express'
import { build } from 'vite'
import { startApi } from './api/index.js'
import { startProvider } from './idp/index.js'
import { listenOnLoopback } from './loopback.js'
import { startUpstream } from './upstream/index.js'

const port = Number(process.env['PORT'] ?? 4400)
const appOrigin = `http://localhost:${port}`
const apiOrigin = `http://localhost:${port + 2}`
const audience = `${apiOrigin}/`
// Ports are built in, so each has a build of its own.
const dist = fileURLToPath(new URL(`app/dist/${port}/`, import.meta.url))

try {
  const upstream = await startUpstream(port + 3, appOrigin)
  const provider = await startProvider({
    port: port + 1,
    appOrigin,
    apiAudience: audience,
    upstream: upstream.issuer,
    onEvent: (event) => {
      api.record(event)
    },
  })
  await upstream.register(provider.ssoCallback)
  const api = await startApi({ port: port + 2, appOrigin, issuer: provider.issuer, audience })
  await buildApp(provider.issuer)
  const app = await listenOnLoopback(serveApp(), port)
  console.log(`Acme Console  ${appOrigin}`)
  console.log(`  provider    ${provider.issuer}`)
  console.log(`  API         ${api.origin}`)
  console.log(`  Initech SSO ${upstream.issuer}`)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      void Promise.all([app.close(), api.close(), provider.close(), upstream.close()])
    })
  }
} catch (error) {
  const { code } = error as NodeJS.ErrnoException
  if (code !== 'EADDRINUSE') throw error
  console.error(
    `The demo needs the ports ${port} to ${port + 3}, and one of them is taken. ` +
      'Stop what uses it, or choose others: PORT=5500 npm run demo',
  )
  // What has started already would keep the process open.
  process.exit(1)
}

function buildApp(issuer: string) {
  return build({
    configFile: fileURLToPath(new URL('app/vite.config.ts', import.meta.url)),
    logLevel: 'warn',
    build: { outDir: dist },
    define: {
      ISSUER: JSON.stringify(issuer),
      API: JSON.stringify(apiOrigin),
    },
  })
}

function serveApp() {
  const app = express()
  app.disable('x-powered-by')
  app.use(express.static(dist))
  // A single-page app: every path is the same page, /callback too.
  app.use((_req, res) => {
    res.sendFile(`${dist}index.html`)
  })
  return app
}
