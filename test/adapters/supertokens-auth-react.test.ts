// The whole contract once more, with the page's SDK taken from supertokens-auth-react.
import SuperTokens from 'supertokens-web-js'
import { afterAll, expect, test, vi } from 'vitest'
import { testAdapter } from './contract.js'
import { startSupertokensSystem, stopSupertokensServers } from './supertokens-system.js'

vi.mock('supertokens-web-js', () => import('supertokens-auth-react'))
vi.mock('supertokens-web-js/recipe/session', () => import('supertokens-auth-react/recipe/session'))
vi.mock(
  'supertokens-web-js/recipe/emailpassword',
  () => import('supertokens-auth-react/recipe/emailpassword'),
)

test('it is that SDK which runs here', () => {
  expect(SuperTokens).toHaveProperty('SuperTokensWrapper')
})

testAdapter('supertokens-auth-react', startSupertokensSystem)

afterAll(stopSupertokensServers)
