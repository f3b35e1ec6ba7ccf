import { cleanup, render, screen, waitFor } from '@testing-library/react'
import { UnsecuredJWT } from 'jose'
import type { INavigator, NavigateParams } from 'oidc-client-ts'
import { InMemoryWebStorage, UserManager, WebStorageStateStore } from 'oidc-client-ts'
import type { ReactNode } from 'react'
import { StrictMode } from 'react'
import { AuthProvider, useAuth } from 'react-oidc-context'
import { createStepUpClient, defineAction, StepUpProvider } from 'react-step-up'
import { createOidcClientTsAdapter } from 'react-step-up/adapters/oidc-client-ts'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

const issuer = 'https://id.test'
const home = window.location.href
const { origin } = window.location

let store = new InMemoryWebStorage()
let left: URL[] = []
let tokenRequests = 0
let claims: Record<string, unknown> = {}
const run = vi.fn(() => 'deleted')
const deleteProject = defineAction({
  id: 'project.delete',
  requirement: 300,
  run,
  describe: () => 'Delete project Apollo',
})

beforeEach(() => {
  store = new InMemoryWebStorage()
  left = []
  tokenRequests = 0
  claims = {}
  run.mockClear()
  sessionStorage.clear()
  const real = window.fetch
  vi.spyOn(window, 'fetch').mockImplementation((input, init) => {
    const url = input instanceof Request ? input.url : String(input)
    if (url !== `${issuer}/token`) return real(input, init)
    tokenRequests++
    const now = Math.floor(Date.now() / 1000)
    const id_token = new UnsecuredJWT({ sub: 'ada', auth_time: now, ...claims })
      .setIssuer(issuer)
      .setAudience('app')
      .setIssuedAt(now)
      .setExpirationTime(now + 300)
      .encode()
    const tokens = { access_token: 'at', token_type: 'Bearer', expires_in: 300, id_token }
    return Promise.resolve(Response.json(tokens))
  })
})
afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
  window.history.replaceState(null, '', home)
  sessionStorage.clear()
})

/** What a page makes anew each time it loads; the stores outlive it. */
function loadPage() {
  const navigator: INavigator = {
    prepare: () =>
      Promise.resolve({
        navigate(params: NavigateParams) {
          left.push(new URL(params.url))
          // The page is gone.
          return new Promise(() => undefined)
        },
        close: () => undefined,
      }),
    callback: () => Promise.resolve(),
  }
  const userManager = new UserManager(
    {
      authority: issuer,
      client_id: 'app',
      redirect_uri: `${origin}/callback`,
      automaticSilentRenew: false,
      stateStore: new WebStorageStateStore({ store }),
      userStore: new WebStorageStateStore({ store }),
      metadata: {
        issuer,
        authorization_endpoint: `${issuer}/auth`,
        token_endpoint: `${issuer}/token`,
      },
    },
    navigator,
  )
  const adapter = createOidcClientTsAdapter(userManager)
  const client = createStepUpClient({ adapter, actions: [deleteProject] })
  return { userManager, client }
}

async function lastTrip(): Promise<URLSearchParams> {
  await waitFor(() => expect(left).toHaveLength(1))
  const asked = left.pop()?.searchParams ?? new URLSearchParams()
  claims = { nonce: asked.get('nonce') }
  return asked
}

/** Ada, signed in an hour ago, has left to confirm; returns the `state` that will come back. */
async function leave(): Promise<string> {
  const { userManager, client } = loadPage()
  void userManager.signinRedirect()
  const signIn = await lastTrip()
  claims = { auth_time: Math.floor(Date.now() / 1000) - 3600 }
  await userManager.signinCallback(`${origin}/callback?code=1&state=${signIn.get('state') ?? ''}`)
  const stop = client.start()
  client.attachDialog()
  void client.requireFreshAuth()(deleteProject)
  await waitFor(() => expect(client.getState().status).toBe('prompting'))
  client.controls.leave('tab')
  const trip = await lastTrip()
  stop()
  tokenRequests = 0
  return encodeURIComponent(trip.get('state') ?? '')
}

function Gate({ children }: { children: ReactNode }) {
  const { isLoading, error, isAuthenticated } = useAuth()
  if (isLoading) return <p>Loading</p>
  return (
    <>
      <p>{error ? `Error: ${error.message}` : isAuthenticated ? 'Signed in' : 'Signed out'}</p>
      {children}
    </>
  )
}

function open(page: ReturnType<typeof loadPage>, above: boolean, skip: boolean) {
  const { client, userManager } = page
  client.attachDialog()
  const sdk = (children: ReactNode) => (
    <AuthProvider userManager={userManager} {...(skip && { skipSigninCallback: client.returning })}>
      <Gate>{children}</Gate>
    </AuthProvider>
  )
  const ours = (children: ReactNode) => <StepUpProvider client={client}>{children}</StepUpProvider>
  const app = <p>App</p>
  render(<StrictMode>{above ? ours(sdk(app)) : sdk(ours(app))}</StrictMode>)
}

describe.each([
  { place: 'above the SDK provider and its gate', above: true },
  { place: 'below the SDK provider and its gate', above: false },
])('FAULTS 45: StepUpProvider $place', ({ above }) => {
  describe.each([
    { way: 'with skipSigninCallback', skip: true },
    { way: 'although skipSigninCallback was forgotten', skip: false },
  ])('$way', ({ skip }) => {
    test('a success is one token request, and the action runs once after the click', async () => {
      const state = await leave()
      window.history.replaceState(null, '', `/callback?code=2&state=${state}`)
      const page = loadPage()
      expect(page.client.returning).toBe(true)
      open(page, above, skip)
      await waitFor(() => expect(page.client.getState().status).toBe('confirming'))
      expect(tokenRequests).toBe(1)
      expect(window.location.href).toBe(home)
      expect(run).not.toHaveBeenCalled()
      await page.client.controls.confirm()
      expect(run).toHaveBeenCalledOnce()
      expect(page.client.getState()).toMatchObject({ status: 'resumed', outcome: 'done' })
    })

    test('an error is no token request, and the action is offered again', async () => {
      const state = await leave()
      window.history.replaceState(null, '', `/callback?error=access_denied&state=${state}`)
      const page = loadPage()
      open(page, above, skip)
      await waitFor(() =>
        expect(page.client.getState()).toMatchObject({
          status: 'failed',
          error: { code: 'cancelled' },
          retry: true,
          items: [{ label: 'Delete project Apollo' }],
        }),
      )
      expect(tokenRequests).toBe(0)
      expect(run).not.toHaveBeenCalled()
    })
  })
})

test('an ordinary sign-in is the SDK provider’s: one token request, and no dialog', async () => {
  const { userManager } = loadPage()
  void userManager.signinRedirect()
  const state = (await lastTrip()).get('state') ?? ''
  window.history.replaceState(null, '', `/callback?code=1&state=${state}`)
  const page = loadPage()
  expect(page.client.returning).toBe(false)
  open(page, true, true)
  await screen.findByText('Signed in')
  expect(tokenRequests).toBe(1)
  expect(page.client.getState()).toEqual({ status: 'idle' })
})
