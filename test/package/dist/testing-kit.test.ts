import { execFileSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../../ensure.mjs'
import { read } from './build.ts'

/** The packages that a built file loads, by itself and by all that it imports. */
function packagesOf(entry: string): string[] {
  const seen = new Set<string>()
  const packages = new Set<string>()
  const visit = (file: string) => {
    if (seen.has(file)) return
    seen.add(file)
    for (const [, source = ''] of read(file).matchAll(
      /(?:from|import)\s*\(?\s*["']([^"']+)["']/g,
    )) {
      if (source.startsWith('.')) visit(join(dirname(file), source))
      else packages.add(source)
    }
  }
  visit(entry)
  expect(seen.size).toBeGreaterThan(1)
  return [...packages]
}

test('the kit loads no test runner, and no React', () => {
  expect(packagesOf('dist/testing/index.js')).toEqual(['jose'])
})

test('what is for MSW and Playwright has their types alone', () => {
  expect(packagesOf('dist/testing/msw.js')).toEqual([])
  expect(packagesOf('dist/testing/playwright.js')).toEqual([])
})

test('the kit works under node:test, as installed', () => {
  const code = `
    import assert from 'node:assert'
    import { test } from 'node:test'
    import { createFreshAuthGuard } from 'react-step-up/server'
    import { cancelStepUp, completeStepUp, createTestIssuer, createTestStepUp, makeStale } from 'react-step-up/testing'
    test('kit', async () => {
      const { client, adapter, clock } = createTestStepUp()
      client.start()
      await makeStale(adapter)
      const given = client.requireFreshAuth(300)(() => 'ran')
      const refused = assert.rejects(given, { code: 'cancelled' })
      await cancelStepUp(client)
      await refused
      const call = client.requireFreshAuth(300)(() => 'ran')
      await completeStepUp(client)
      assert.equal(await call, 'ran')
      const issuer = await createTestIssuer({ clock })
      const headers = new Headers({ Authorization: 'Bearer ' + (await issuer.signToken(adapter.claims)) })
      assert.equal((await createFreshAuthGuard(issuer)({ headers }, 60)).subject, 'ada')
      console.log('it has worked')
    })`
  const args = ['--input-type=module', '--eval', code]
  expect(execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' })).toMatch(
    /it has worked[\s\S]*pass 1/,
  )
})
