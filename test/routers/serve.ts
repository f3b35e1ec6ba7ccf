// Builds and serves one app for each router, and the sign-in page they share.
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import express from 'express'
import { build } from 'vite'
import { listenOnLoopback } from '../../demo/loopback.js'
import { publicNames } from '../../vite.config.js'
import { startProvider } from './provider.ts'
import { projectsApi } from './projects-api.ts'

const PORT = Number(process.env['PORT'] ?? 4420)
const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

async function serveApp(router: string, port: number) {
  const outDir = path(`../../node_modules/.cache/routers/${router}`)
  await build({
    configFile: false,
    root: path(router),
    logLevel: 'warn',
    plugins: [react()],
    resolve: { alias: publicNames },
    define: { PROVIDER: JSON.stringify(`http://localhost:${PORT}`) },
    build: { outDir, emptyOutDir: true },
  })
  const app = express()
  app.disable('x-powered-by')
  app.use('/api', projectsApi())
  app.use(express.static(outDir))
  // A single-page app: every path is the same page, /callback too.
  app.use((_req, res) => {
    res.sendFile('index.html', { root: outDir })
  })
  return listenOnLoopback(app, port)
}

await startProvider(PORT)
await serveApp('react-router', PORT + 1)
await serveApp('tanstack-router', PORT + 2)
// Last, so that it answers once everything does.
await listenOnLoopback((_req, res) => res.end('ready'), PORT + 3)
