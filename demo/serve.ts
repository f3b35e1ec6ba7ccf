import { readOptions, UsageError } from './options.js'
import { systems } from './systems.js'

try {
  const { auth, port } = readOptions(process.argv.slice(2), process.env)
  const { places, servers } = await systems[auth](port).catch((error: unknown) => {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'EADDRINUSE') throw error
    throw new UsageError(
      `The demo needs the ports ${port} to ${port + 3}, and one of them is taken. ` +
        'Stop what uses it, or choose others: PORT=5500 npm run demo',
      { cause: error },
    )
  })
  for (const [name, address] of Object.entries(places)) console.log(`${name.padEnd(14)}${address}`)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      void Promise.all(servers.map((server) => server.close()))
    })
  }
} catch (error) {
  if (!(error instanceof UsageError)) throw error
  console.error(error.message)
  // What has started already would keep the process open.
  process.exit(1)
}
