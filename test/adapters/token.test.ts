import { UnsecuredJWT } from 'jose'
import { expect, test, vi } from 'vitest'
import { createStepUpClient, defineAction } from 'react-step-up'
import { createTokenAdapter } from 'react-step-up/adapters/token'
import { createFakeEnvironment } from 'react-step-up/testing'
import type { Trip } from 'react-step-up'
import { settled } from '../settled.js'

const token = (claims: object) =>
  new UnsecuredJWT({ iss: 'https://id.test', sub: 'ada', ...claims }).encode()

test('reads whatever JWT the app holds', async () => {
  const options = { subscribe: () => () => undefined, redirect: () => undefined }
  const of = (value: string | null) => createTokenAdapter({ getToken: () => value, ...options })
  expect(await of(token({ auth_time: 5, iat: 9 })).getAuthentication()).toMatchObject({
    authTime: 5,
    issuedAt: 9,
  })
  expect(await of(null).getAuthentication()).toBeNull()
  await expect(of('nonsense').getAuthentication()).rejects.toThrow()
  await expect(of(new UnsecuredJWT({}).encode()).getAuthentication()).rejects.toThrow(TypeError)
})

test('a stale person leaves by the app’s own redirect, and the action runs after the way back', async () => {
  const environment = createFakeEnvironment()
  const now = () => Math.floor(environment.clock.now().wall)
  let held = token({ auth_time: now() - 3600, iat: now() - 60 })
  const redirect = vi.fn<(trip: Trip) => void>()
  const run = vi.fn(() => 'done')
  const action = defineAction({ id: 'x', requirement: 300, run, describe: () => 'Do it' })
  const open = (page: typeof environment) => {
    const adapter = createTokenAdapter({
      getToken: () => held,
      subscribe: () => () => undefined,
      redirect,
      complete() {
        held = token({ auth_time: now(), iat: now() })
        return Promise.resolve()
      },
      label: 'Acme ID',
    })
    const client = createStepUpClient({ adapter, actions: [action], environment: page })
    client.start()
    client.attachDialog()
    return client
  }
  const client = open(environment)
  void client.requireFreshAuth()(action)
  await settled()
  expect(client.getState()).toMatchObject({ methods: [{ label: 'Acme ID' }] })
  client.controls.leave('tab')
  const handle = redirect.mock.calls[0]?.[0].handle ?? ''
  const back = open(environment.reload(`https://app.test/cb?code=c&state=${handle}`))
  await settled()
  await back.controls.confirm()
  expect(run).toHaveBeenCalledOnce()
})

test('an SDK that makes its own state is recognised by what it bound', async () => {
  const environment = createFakeEnvironment()
  const options = {
    getToken: () => token({ auth_time: 1, iat: 2 }),
    subscribe: () => () => undefined,
    redirect(trip: Trip) {
      trip.bind('sdk-state')
    },
  }
  const open = (page: typeof environment) => {
    const adapter = createTokenAdapter(options)
    const client = createStepUpClient({ adapter, environment: page })
    client.start()
    client.attachDialog()
    return client
  }
  const client = open(environment)
  void client
    .requireFreshAuth(300)(() => 'run')
    .catch(() => undefined)
  await settled()
  client.controls.leave('tab')
  expect(open(environment.reload('https://app.test/cb?code=c&state=sdk-state')).returning).toBe(
    true,
  )
  expect(open(environment.reload('https://app.test/cb?code=c&state=other')).returning).toBe(false)
})
