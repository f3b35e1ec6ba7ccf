// Every demo that the tests need besides the first, which `npm run demo` itself starts. Together: one after
// the other, as Playwright would start them, they take half a minute.
import { listenOnLoopback } from '../../demo/loopback.js'
import { systems } from '../../demo/systems.js'
import { portOf, readyPort, sessionPortOf, vendors } from './console.js'

const workers = Number(process.argv[2])

await Promise.all([
  ...Array.from({ length: workers }, (_, worker) => [
    ...(worker > 0 ? [systems.oidc(portOf(worker))] : []),
    systems.session(sessionPortOf(worker)),
  ]).flat(),
  systems.workos(vendors.workos),
  systems.supertokens(vendors.supertokens),
  systems.descope(vendors.descope),
])
// Last, so that it answers once everything does.
await listenOnLoopback((_req, res) => res.end('ready'), readyPort)
