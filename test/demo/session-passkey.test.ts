import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createAuthenticator } from '../server/authenticator.js'
import { attest } from './attestation.js'
import { startSessionDemo, type Visitor } from './session-browser.js'

const hedy = 'hedy@acme.test'
const rpId = 'localhost'

let demo: Awaited<ReturnType<typeof startSessionDemo>>
let visitor: Visitor
let origin: string

beforeAll(async () => {
  demo = await startSessionDemo()
  ;({ origin } = demo.backend)
})
afterAll(() => demo.close())
beforeEach(async () => {
  visitor = demo.newVisitor()
  await visitor.post('/api/demo/reset')
  await visitor.signInByCode(hedy)
})

async function register(verified = true) {
  const device = createAuthenticator()
  const { body } = await visitor.post('/auth/passkeys/options')
  const challenge = String(body.challenge)
  const answer = attest(device, { challenge, origin, verified })
  return { device, answer, result: await visitor.post('/auth/passkeys', answer) }
}

async function prove(at: string, device: ReturnType<typeof createAuthenticator>) {
  const { body } = await visitor.post(`/auth/${at}/passkey/options`, { id: 'passkey' })
  const response = device.assert({ challenge: String(body.challenge), origin, rpId })
  return visitor.post(`/auth/${at}/passkey`, { id: 'passkey', response })
}

const methods = async (at: string) => {
  const { body } = await visitor.call('GET', `/auth/${at}/methods`)
  return (body as unknown as { type: string }[]).map(({ type }) => type)
}

test('a passkey is missing until one is made; then it signs in and confirms, before the code', async () => {
  const state = () => visitor.call('GET', '/auth/passkeys')
  expect((await state()).body).toEqual({ count: 0, missing: true })
  expect(await methods('step-up')).toEqual(['code'])
  const { device, result } = await register()
  expect(result.status).toBe(201)
  expect((await state()).body).toEqual({ count: 1, missing: false })
  expect(await methods('step-up')).toEqual(['passkey', 'code'])

  await visitor.post('/auth/sign-out')
  await visitor.begin(hedy)
  expect((await prove('sign-in', device)).status).toBe(200)
  await visitor.age()
  expect((await visitor.deleteProject()).status).toBe(401)
  expect((await prove('step-up', device)).status).toBe(200)
  expect((await visitor.deleteProject()).status).toBe(200)
  expect((await visitor.audit()).find(({ kind }) => kind === 'reauthentication')).toMatchObject({
    ...{ userId: 'usr_hedy', method: 'passkey' },
  })
})

test('a passkey that nobody has registered confirms nothing', async () => {
  await register()
  await visitor.age()
  expect((await prove('step-up', createAuthenticator())).body).toEqual({
    error: 'invalid_credentials',
  })
  expect((await visitor.deleteProject()).status).toBe(401)
})

test('a new one takes a fresh sign-in, a challenge of its own used once, and the person', async () => {
  const { answer } = await register()
  expect((await visitor.post('/auth/passkeys', answer)).status).toBe(400)
  expect((await register(false)).result.status).toBe(400)
  await visitor.age()
  expect((await visitor.post('/auth/passkeys/options')).body).toMatchObject({
    error: 'insufficient_user_authentication',
  })
  expect((await visitor.post('/auth/passkeys', answer)).status).toBe(401)
  const nobody = demo.newVisitor()
  expect((await nobody.post('/auth/passkeys/options')).status).toBe(401)
  expect((await visitor.call('GET', '/auth/passkeys')).body).toMatchObject({ count: 1 })
})
