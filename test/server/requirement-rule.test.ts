import { beforeAll, describe, expect, it, vi } from 'vitest'
import {
  AccessTokenError,
  createFreshAuthGuard,
  createMemorySingleUse,
  StepUpRequiredError,
  type Decision,
  type RequirementRule,
} from '../../src/server/index.js'
import { AUDIENCE, bearer, createSigner, ISSUER, NOW, type Signer } from './tokens.js'

let signer: Signer
beforeAll(async () => {
  signer = await createSigner()
})

const decisions: Decision[] = []
const create = (singleUse = createMemorySingleUse(() => NOW)) => {
  decisions.length = 0
  return createFreshAuthGuard({
    ...{ issuer: ISSUER, audience: AUDIENCE, jwks: signer.jwks, now: () => NOW, singleUse },
    policies: { 'transfer.create': 30 },
    onDecision: (decision) => decisions.push(decision),
  })
}
/** Signed in a minute ago. */
const from = async (device: string, claims = {}) => {
  const request = bearer(await signer.sign(claims))
  request.headers.set('Device', device)
  return request
}

/** Known devices have to be five minutes fresh, others prove it now; readers are asked for nothing. */
const byDevice: RequirementRule = ({ headers }, { claims }) => {
  if (claims.role === 'reader') return null
  return headers.get('Device') === 'known' ? 300 : 0
}

describe('a requirement that a function decides', () => {
  it('is that of the request: what the same person may do here is not enough there', async () => {
    const check = create().for(byDevice)
    await expect(check(await from('known'))).resolves.toMatchObject({ subject: 'alice' })
    const fresh = await from('new', { auth_time: NOW - 10 })
    await expect(check(fresh)).resolves.toMatchObject({ authTime: NOW - 10 })
    await expect(check(fresh)).rejects.toMatchObject({ reason: 'used', challenge: { maxAge: 0 } })
    expect(decisions.map(({ allowed, requirement }) => [allowed, requirement])).toEqual([
      [true, { maxAge: 300 }],
      [true, { maxAge: 0 }],
      [false, { maxAge: 0 }],
    ])
  })

  it('can be none, for whoever has a valid token', async () => {
    const guard = create()
    const old = { role: 'reader', auth_time: 1 }
    await expect(guard(await from('new', old), byDevice)).resolves.toMatchObject({ authTime: 1 })
    expect(decisions).toMatchObject([{ allowed: true, requirement: null }])
    await expect(guard(await from('new', { ...old, exp: NOW - 60 }), byDevice)).rejects.toThrow(
      AccessTokenError,
    )
    expect(decisions[1]).toMatchObject({ allowed: false, requirement: null })
  })

  it('is asked for only once it is known who asks', async () => {
    const rule = vi.fn(byDevice)
    const guard = create()
    await expect(guard(bearer('nonsense'), rule)).rejects.toThrow(AccessTokenError)
    expect(rule).not.toHaveBeenCalled()
    await guard(await from('known'), rule)
    expect(rule).toHaveBeenCalledOnce()
  })

  it('can be a policy’s name, and can come later', async () => {
    const refused = create()(await from('known'), async () => Promise.resolve('transfer.create'))
    await expect(refused).rejects.toThrow(StepUpRequiredError)
    expect(decisions).toMatchObject([{ policy: 'transfer.create', requirement: { maxAge: 30 } }])
  })

  it.each<[string, RequirementRule]>([
    [
      'throws',
      () => {
        throw new Error('the device store is down')
      },
    ],
    ['rejects', () => Promise.reject(new Error('the device store is down'))],
    ['forgets to answer', (() => undefined) as unknown as RequirementRule],
    ['names no policy there is', (() => 'transfer.creat') as unknown as RequirementRule],
    ['gives nonsense', () => -1],
  ])('one that %s lets nobody pass', async (_, rule) => {
    await expect(create()(await from('known'), rule)).rejects.toThrow(Error)
    expect(decisions).toMatchObject([{ allowed: false, reason: 'unavailable', requirement: null }])
  })
})

describe('an `authenticate` that knows what is wrong', () => {
  it('answers with it, and other failures stay an outage', async () => {
    const said = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const fail = (error: Error) =>
      createFreshAuthGuard({ authenticate: () => Promise.reject(error) })(bearer('x'), 300)
    await expect(fail(new AccessTokenError('It has expired'))).rejects.toMatchObject({
      ...{ reason: 'invalid_token', status: 401 },
    })
    expect(said).not.toHaveBeenCalled()
    await expect(fail(new Error('down'))).rejects.toMatchObject({ status: 503 })
    expect(said).toHaveBeenCalledOnce()
    said.mockRestore()
  })
})
