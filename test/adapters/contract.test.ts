import { afterAll } from 'vitest'
import { testAdapter } from './contract.js'
import { startDescopeSystem } from './descope-system.js'
import { startFakeSystem } from './fake-system.js'
import { startOidcClientTsSystem } from './oidc-client-ts-system.js'
import { startSessionSystem } from './session-system.js'
import { startSupertokensSystem, stopSupertokensServers } from './supertokens-system.js'
import { startTokenSystem } from './token-system.js'
import { startWorkosSystem } from './workos-system.js'

testAdapter('The fake', startFakeSystem)
testAdapter('A session of the app’s own', startSessionSystem)
testAdapter('Any JWT', startTokenSystem)
testAdapter('oidc-client-ts', startOidcClientTsSystem)
testAdapter('WorkOS AuthKit', () => startWorkosSystem('tokens'))
testAdapter('WorkOS AuthKit with cookies', () => startWorkosSystem('cookies'))
testAdapter('Descope', startDescopeSystem)
testAdapter('SuperTokens', startSupertokensSystem)

afterAll(stopSupertokensServers)
