import { describe, expect, it } from 'vitest'
import { maskDestination, type VerificationMethod } from '../../src/server/index.js'
import { createApp, email, password } from './verification-app.js'

describe('GET /methods', () => {
  const methods: VerificationMethod[] = [
    { type: 'code', id: 'sms', channel: 'sms', destination: '+49 170 1234567' },
    { ...email, label: 'Mail', acr: 'mfa', next: [password] },
    { type: 'redirect', id: 'sso', label: 'Globex' },
    password,
    { type: 'code', id: 'app', channel: 'totp' },
  ]

  it('lists them in the app’s order, with addresses masked, and no second steps', async () => {
    const { get } = createApp({ methodsOf: () => methods, totp: { verify: () => false } })
    expect((await get('methods')).body).toEqual([
      { type: 'code', id: 'sms', channel: 'sms', destination: '•••• 67', length: 6 },
      {
        type: 'code',
        id: 'email',
        label: 'Mail',
        acr: 'mfa',
        channel: 'email',
        destination: 'a•••@acme.test',
        length: 6,
      },
      { type: 'redirect', id: 'sso', label: 'Globex' },
      { type: 'password', id: 'password' },
      { type: 'code', id: 'app', channel: 'totp' },
    ])
  })

  it('has none for an administrator who acts as somebody, and none of them works', async () => {
    const app = createApp()
    app.sessions.set('a1', { ...app.sessions.get('a1')!, impersonated: true })
    expect((await app.get('methods')).body).toEqual([])
    expect((await app.get('session')).body).toMatchObject({ impersonated: true })
    expect(await app.tryPassword('analytical')).toMatchObject({ body: { error: 'no_method' } })
    expect(await app.sendCode()).toMatchObject({ body: { error: 'no_method' } })
    expect(app.stamps).toEqual([])
    expect(app.outbox).toEqual([])
  })

  it.each([
    ['ada@acme.test', 'a•••@acme.test'],
    ['"a@b"@acme.test', '"•••@acme.test'],
    ['𝒶da@acme.test', '𝒶•••@acme.test'],
    ['+1 (555) 010-9967', '•••• 67'],
    ['112', '••••'],
    ['@acme', '••••'],
    ['', '••••'],
  ])('masks %s', (destination, masked) => {
    expect(maskDestination(destination)).toBe(masked)
  })
})
