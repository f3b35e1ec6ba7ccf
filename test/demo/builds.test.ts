import { build, type Rolldown } from 'vite'
import { expect, test } from 'vitest'
import { appConfig, type Way } from '../../demo/build-app.js'

/** The files that a build of the console is made of, and what is in it. */
async function filesOf(way: Way) {
  const config = appConfig(way)
  const result = await build({
    ...config,
    logLevel: 'error',
    build: { ...config.build, write: false },
  })
  const { output } = result as Rolldown.RolldownOutput
  const chunks = output.filter((each) => each.type === 'chunk')
  return {
    modules: chunks.flatMap(({ moduleIds }) => moduleIds).join('\n'),
    pages: output.filter(({ fileName }) => fileName.endsWith('.html')),
  }
}

// Descope's SDK brings oidc-client-ts too, for a mode of its own.
const oidcOnly = [/adapters\/oidc-client-ts/, /react-oidc-context/, /app\/oidc\//]
const workosOnly = [/adapters\/workos/, /@workos-inc/, /app\/workos\//]
const descopeOnly = [/adapters\/descope/, /@descope\//, /app\/descope\//]
const supertokensOnly = [/adapters\/supertokens/, /supertokens-web-js/, /app\/supertokens\//]
const sessionOnly = [/adapters\/session/, /@simplewebauthn/, /app\/session\//]

const issuer = 'http://localhost:4401'
const api = 'http://localhost:4402'

test('a build for one auth system carries nothing of the others', async () => {
  const builds = [
    { own: oidcOnly, ...(await filesOf({ auth: 'oidc', issuer, api })) },
    { own: sessionOnly, ...(await filesOf({ auth: 'session' })) },
    { own: workosOnly, ...(await filesOf({ auth: 'workos', issuer, api })) },
    { own: descopeOnly, ...(await filesOf({ auth: 'descope', issuer, api })) },
    { own: supertokensOnly, ...(await filesOf({ auth: 'supertokens', issuer, api })) },
  ]
  for (const build of builds) {
    for (const pattern of build.own) {
      expect(builds.filter(({ modules }) => pattern.test(modules))).toEqual([build])
    }
  }
})

test('no page has a script or a style inside: a strict policy would stop it', async () => {
  for (const { pages } of [
    await filesOf({ auth: 'session' }),
    await filesOf({ auth: 'oidc', issuer, api }),
    await filesOf({ auth: 'workos', issuer, api }),
    await filesOf({ auth: 'descope', issuer, api }),
    await filesOf({ auth: 'supertokens', issuer, api }),
  ]) {
    expect(pages.length).toBeGreaterThan(0)
    for (const page of pages) {
      const html = 'source' in page ? String(page.source) : ''
      expect(html).toContain('<script type="module"')
      expect(html).not.toMatch(/<script(?![^>]* src=)|<style|\sstyle=|\son\w+=/)
    }
  }
})
