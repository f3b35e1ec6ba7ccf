import type { WebAuthnCredential } from '@simplewebauthn/server'
import { describe, expect, it, vi } from 'vitest'
import { passkeys } from '../../src/server/passkey.js'
import type { VerificationMethod } from '../../src/server/index.js'
import { createAuthenticator, type Ceremony } from './authenticator.js'
import { NOW } from './tokens.js'
import { createApp, ORIGIN, password } from './verification-app.js'

const method: VerificationMethod = { type: 'passkey', id: 'passkey' }

/** Ada has a passkey, Bob has another one, and only Ada's device counts. */
function setUp() {
  const device = createAuthenticator()
  const bobs = createAuthenticator()
  const owned = new Map<string, WebAuthnCredential[]>([
    ['ada', [{ ...device.credential, transports: ['internal'] }]],
    ['bob', [bobs.credential]],
  ])
  const onUsed = vi.fn(({ id }: WebAuthnCredential, counter: number) => {
    for (const credentials of owned.values()) {
      for (const credential of credentials) if (credential.id === id) credential.counter = counter
    }
  })
  const app = createApp({
    methodsOf: () => [password, method],
    passkey: passkeys({
      rpId: 'app.example',
      origin: ORIGIN,
      credentialsOf: ({ subject }) => owned.get(subject) ?? [],
      onUsed,
    }),
  })
  const ask = async (sid?: string) =>
    (await app.post('passkey/options', { id: 'passkey' }, sid)).body as { challenge: string }
  const answer = (response: unknown, sid?: string) =>
    app.post('passkey', { id: 'passkey', response }, sid)
  return { app, ask, answer, bobs, device, onUsed, owned }
}

describe('a passkey', () => {
  it('is asked for with the person’s own, verified, on this machine first', async () => {
    const { app, ask, device } = setUp()
    expect((await app.get('methods')).body).toContainEqual({ type: 'passkey', id: 'passkey' })
    expect(await ask()).toMatchObject({
      rpId: 'app.example',
      userVerification: 'required',
      hints: ['client-device', 'hybrid', 'security-key'],
      allowCredentials: [
        { type: 'public-key', id: device.credential.id, transports: ['internal'] },
      ],
    })
  })

  it('confirms, and its counter is written down', async () => {
    const { app, ask, answer, device, onUsed } = setUp()
    const { challenge } = await ask()
    expect((await answer(device.assert({ challenge, counter: 7 }))).body).toEqual({
      authTime: NOW,
      now: NOW,
    })
    expect(onUsed).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ id: device.credential.id }),
      7,
    )
    expect(app.stamps).toMatchObject([{ methods: [method] }])
  })

  it('is not offered to a person without one, and does not work for them', async () => {
    const { app, owned } = setUp()
    owned.delete('ada')
    expect((await app.get('methods')).body).toEqual([{ type: 'password', id: 'password' }])
    const refused = await app.post('passkey/options', { id: 'passkey' })
    expect(refused).toMatchObject({ status: 400, body: { error: 'no_method' } })
  })

  it.each<[string, Partial<Ceremony>]>([
    ['of another page', { origin: 'https://app.example.evil.example' }],
    ['of another domain', { rpId: 'evil.example' }],
    ['of a device that was only held', { verified: false }],
    ['to another challenge', { challenge: Buffer.from('other').toString('base64url') }],
    ['of a registration', { type: 'webauthn.create' }],
    ['of a copy whose counter stands still', { counter: 0 }],
  ])('FAULTS 35: with an answer %s confirms nothing', async (_name, changes) => {
    const { app, ask, answer, device, onUsed } = setUp()
    const first = await ask()
    await answer(device.assert(first))
    onUsed.mockClear()
    const { challenge } = await ask()
    const { status, body } = await answer(device.assert({ challenge, ...changes }))
    expect({ status, body }).toEqual({ status: 400, body: { error: 'invalid_credentials' } })
    expect(onUsed).not.toHaveBeenCalled()
    expect(app.stamps).toHaveLength(1)
  })

  it('of another person confirms nothing', async () => {
    const { ask, answer, bobs, device } = setUp()
    expect((await answer(bobs.assert(await ask()))).status).toBe(400)
    const { challenge } = await ask()
    const forged = { ...bobs.assert({ challenge }), id: device.credential.id }
    expect((await answer({ ...forged, rawId: forged.id })).status).toBe(400)
  })

  it('answers a challenge once, at once or one after the other', async () => {
    const { app, ask, answer, device } = setUp()
    const response = device.assert(await ask())
    const both = await Promise.all([answer(response), answer(response)])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 400])
    expect((await answer(response)).status).toBe(400)
    expect(app.stamps).toHaveLength(1)
  })

  it('is asked for by two tabs at once, and each of them is answered once', async () => {
    const { app, ask, answer, device } = setUp()
    const [first, second] = [await ask(), await ask()]
    expect(first.challenge).not.toBe(second.challenge)
    const responses = [
      device.assert({ ...first, counter: 1 }),
      device.assert({ ...second, counter: 2 }),
    ]
    for (const response of responses) expect((await answer(response)).status).toBe(200)
    expect(app.stamps).toHaveLength(2)
    const anew = [device.assert({ ...first, counter: 3 }), device.assert({ ...second, counter: 4 })]
    for (const replay of [...responses, ...anew]) {
      expect((await answer(replay)).body).toEqual({ error: 'invalid_credentials' })
    }
    expect(app.stamps).toHaveLength(2)
  })

  it('with an answer to what nobody asked uses up no challenge', async () => {
    const { ask, answer, device } = setUp()
    const { challenge } = await ask()
    expect((await answer(device.assert({ challenge: 'b3RoZXI' }))).status).toBe(400)
    expect((await answer(device.assert({ challenge }))).status).toBe(200)
  })

  it('has no second try at a challenge that it got wrong', async () => {
    const { ask, answer, device } = setUp()
    const { challenge } = await ask()
    await answer(device.assert({ challenge, verified: false }))
    expect((await answer(device.assert({ challenge }))).status).toBe(400)
  })

  it('answers the challenge of its own session, for five minutes', async () => {
    const { app, ask, answer, device } = setUp()
    const { challenge } = await ask('a1')
    expect((await answer(device.assert({ challenge }), 'a2')).status).toBe(400)
    expect((await answer(device.assert({ challenge }), 'a1')).status).toBe(200)
    const late = await ask('a1')
    app.clock.now += 300
    expect((await answer(device.assert(late), 'a1')).status).toBe(400)
  })

  it.each([
    null,
    undefined,
    'x',
    {},
    { id: 1 },
    { response: null },
    { response: { clientDataJSON: '!' } },
    { response: { clientDataJSON: 'bnVsbA' } },
    { response: { clientDataJSON: 'eyJjaGFsbGVuZ2UiOjF9' } },
    [],
  ])('is no nonsense: %j', async (response) => {
    const { ask, answer, device } = setUp()
    const { id } = device.credential
    await ask()
    expect((await answer(response)).body).toEqual({ error: 'invalid_credentials' })
    await ask()
    const named = { ...(response as object | null), id, rawId: id, type: 'public-key' }
    expect((await answer(named)).body).toEqual({ error: 'invalid_credentials' })
  })

  it('FAULTS 35: has five tries, with all other methods', async () => {
    const { app, ask, answer, device, onUsed } = setUp()
    for (let i = 0; i < 3; i++) await answer({})
    for (let i = 0; i < 2; i++) await app.tryPassword('guess')
    expect((await answer(device.assert(await ask()))).status).toBe(429)
    expect(onUsed).not.toHaveBeenCalled()
  })

  it('confirms nothing where its counter cannot be written', async () => {
    const { app, ask, answer, device, onUsed } = setUp()
    const log = vi.spyOn(console, 'error').mockReturnValue(undefined)
    onUsed.mockImplementation(() => {
      throw new Error('disk full')
    })
    expect((await answer(device.assert(await ask()))).body).toEqual({ error: 'server_error' })
    expect(app.stamps).toEqual([])
    expect(log).toHaveBeenCalledOnce()
    log.mockRestore()
  })
})
