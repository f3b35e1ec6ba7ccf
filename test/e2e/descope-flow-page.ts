import { fileURLToPath } from 'node:url'
import { test as base, expect, type Page } from '@playwright/test'
import react from '@vitejs/plugin-react'
import express from 'express'
import { createFreshAuthGuard } from 'react-step-up/server'
import { descopeAuthenticate } from 'react-step-up/server/descope'
import { authenticationOf, freshAuth } from 'react-step-up/server/express'
import { build } from 'vite'
import { DESCOPE_PROJECT as projectId } from '../../demo/build-app.js'
import { openOrigin } from '../../demo/loopback.js'
import { policyFor, servePages } from '../../demo/page.js'
import { publicNames } from '../../vite.config.js'
import { typeInto } from './in-page-console.js'
import { startDescope, type DescopeServer } from '../servers/descope.js'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

interface Served {
  readonly origin: string
  readonly descope: DescopeServer
  /** What the API has deleted so far, and by whom. */
  readonly deletions: string[]
  close(): Promise<unknown>
}

async function serve(): Promise<Served> {
  const { origin, serve, close } = await openOrigin(0)
  const descope = await startDescope({ projectId, appOrigin: origin })
  const outDir = path('../../node_modules/.cache/descope-flow/')
  await build({
    configFile: false,
    root: path('descope-flow'),
    logLevel: 'warn',
    plugins: [react()],
    resolve: { alias: publicNames },
    define: {
      DESCOPE: JSON.stringify(descope.origin),
      DESCOPE_PROJECT: JSON.stringify(projectId),
    },
    build: { outDir, emptyOutDir: true, chunkSizeWarningLimit: 1000 },
  })
  const { now } = descope.clock
  const authenticate = descopeAuthenticate({ projectId, baseUrl: descope.origin, now })
  const guard = createFreshAuthGuard({ authenticate, now })
  const deletions: string[] = []
  const app = express()
  // Longer than Descope's timeout: the tokens of flows do not tell one step-up from another.
  app.post('/deletions', freshAuth(guard, 900), (_req, res) => {
    deletions.push(authenticationOf(res).subject)
    res.sendStatus(204)
  })
  const policy = `${policyFor({ connect: [descope.origin] })}; script-src 'self' ${descope.origin}`
  app.use(servePages(outDir, policy))
  serve(app)
  return {
    ...{ origin, descope, deletions },
    close: () => Promise.all([close(), descope.close()]),
  }
}

/** The page as a person uses it. */
class FlowPage {
  readonly page: Page
  readonly served: Served
  /** What the page asked for elsewhere, and what its policy has stopped. */
  readonly strange: string[] = []

  constructor(page: Page, served: Served) {
    this.page = page
    this.served = served
    const known = [served.origin, served.descope.origin]
    page.on('request', (request) => {
      const url = request.url()
      if (!/^(data|blob):/.test(url) && !known.includes(new URL(url).origin)) this.strange.push(url)
    })
    page.on('console', (message) => {
      if (/content.security.policy/i.test(message.text())) this.strange.push(message.text())
    })
  }

  get flow() {
    return this.page.locator('dialog:has(descope-wc)')
  }
  get dialog() {
    return this.page.locator('dialog[data-step-up]')
  }
  get said() {
    return this.page.getByRole('status').first()
  }
  get fresh() {
    return this.page.getByTestId('fresh')
  }
  get steppedUp() {
    return this.page.getByTestId('stepped-up')
  }

  async signIn(): Promise<void> {
    await this.page.goto(this.served.origin)
    await this.page.getByRole('button', { name: 'Sign in' }).click()
    await expect(this.page.getByTestId('who')).toHaveText('usr_ada')
  }

  /** From the button to the first screen of the flow. */
  async ask(): Promise<void> {
    await this.page.getByRole('button', { name: 'Delete' }).click()
    await this.dialog.getByRole('button', { name: 'Confirm' }).click()
    await expect(this.flow.getByLabel('Email')).toHaveValue('ada@acme.test')
  }

  async enter(password: string, email?: string): Promise<void> {
    if (email !== undefined) await typeInto(this.flow.getByLabel('Email'), email)
    await typeInto(this.flow.getByLabel('Password'), password)
    await this.flow.getByRole('button', { name: 'Confirm password' }).click()
  }

  async expectClosed(): Promise<void> {
    await expect(this.flow).toHaveCount(0)
    await expect(this.dialog).toHaveCount(0)
  }
}

export const test = base.extend<{ acme: FlowPage }, { served: Served }>({
  served: [
    async ({}, run) => {
      const served = await serve()
      await run(served)
      await served.close()
    },
    { scope: 'worker' },
  ],
  acme: async ({ page, served }, run) => {
    served.descope.reset()
    served.deletions.splice(0)
    const acme = new FlowPage(page, served)
    await run(acme)
    expect(acme.strange).toEqual([])
  },
})
export { expect }
