import { http, HttpResponse } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { isStepUpError, parseChallenge } from 'react-step-up'
import { createFreshAuthGuard } from 'react-step-up/server'
import {
  completeStepUp,
  createTestIssuer,
  createTestStepUp,
  makeStale,
} from 'react-step-up/testing'
import { challenge, freshAuth } from 'react-step-up/testing/msw'

const server = setupServer()
beforeAll(() => {
  server.listen({ onUnhandledRequest: 'error' })
})
afterEach(() => {
  server.resetHandlers()
})
afterAll(() => {
  server.close()
})

const PROJECT = 'https://api.test/projects/apollo'
const removed = () => vi.fn(() => new HttpResponse(null, { status: 204 }))

describe('challenge', () => {
  test('answers with the header and its JSON mirror', async () => {
    server.use(http.delete(PROJECT, challenge({ maxAge: 300, acrValues: ['mfa'] })))
    const response = await fetch(PROJECT, { method: 'DELETE' })
    expect(response.status).toBe(401)
    expect(parseChallenge(response.headers.get('WWW-Authenticate'))).toMatchObject({
      maxAge: 300,
      acrValues: ['mfa'],
    })
    expect(await response.json()).toMatchObject({
      error: 'insufficient_user_authentication',
      max_age: 300,
      acr_values: 'mfa',
    })
  })

  test('brings a person whom the page thought fresh to prove it, and the request is sent again', async () => {
    const remove = removed()
    server.use(
      http.delete(PROJECT, challenge({ maxAge: 30 }), { once: true }),
      http.delete(PROJECT, remove),
    )
    const { client, adapter, clock } = createTestStepUp()
    client.start()
    await makeStale(adapter, 60)
    const call = client.requireFreshAuth(300)(() => fetch(PROJECT, { method: 'DELETE' }))
    clock.advance(1)
    await completeStepUp(client)
    expect((await call).status).toBe(204)
    expect(remove).toHaveBeenCalledOnce()
  })

  test('refuses a demand that cannot be written', () => {
    expect(() => challenge({ maxAge: -1 })).toThrow(TypeError)
  })
})

describe('freshAuth', () => {
  /** An API and an app that share one time, one issuer and one person. */
  async function setUp() {
    const remove = removed()
    const kit = createTestStepUp()
    kit.client.start()
    const issuer = await createTestIssuer({ clock: kit.clock })
    const guard = createFreshAuthGuard(issuer)
    server.use(http.delete(PROJECT, freshAuth(guard, 300)), http.delete(PROJECT, remove))
    const deleteProject = async () =>
      fetch(PROJECT, {
        method: 'DELETE',
        headers: { Authorization: `Bearer ${await issuer.signToken(kit.adapter.claims)}` },
      })
    return { ...kit, remove, deleteProject }
  }

  test('lets the guard judge: stale until the person has proved it', async () => {
    const { adapter, client, remove, deleteProject } = await setUp()
    await makeStale(adapter)
    // The page asks for less than the API does.
    const call = client.requireFreshAuth(7200)(deleteProject)
    await completeStepUp(client)
    expect((await call).status).toBe(204)
    expect(remove).toHaveBeenCalledOnce()
  })

  test('is not fooled by a proof without a newer auth_time', async () => {
    const { adapter, client, remove, deleteProject } = await setUp()
    await makeStale(adapter)
    adapter.next('ignore_max_age', 'ignore_max_age')
    const call = client
      .requireFreshAuth(7200)(deleteProject)
      .catch((error: unknown) => error)
    await expect(completeStepUp(client)).rejects.toMatchObject({ code: 'still_stale' })
    await completeStepUp(client)
    const error = await call
    expect(isStepUpError(error) && error.code).toBe('still_stale')
    expect(remove).not.toHaveBeenCalled()
  })

  test('answers an ordinary 401 to whoever brings no token', async () => {
    const { remove } = await setUp()
    const response = await fetch(PROJECT, { method: 'DELETE' })
    expect(response.headers.get('WWW-Authenticate')).toBe('Bearer realm="api"')
    expect(remove).not.toHaveBeenCalled()
  })

  test('checks its requirement at once', async () => {
    const guard = createFreshAuthGuard(await createTestIssuer())
    expect(() => freshAuth(guard, 0)).toThrow(TypeError)
  })
})
