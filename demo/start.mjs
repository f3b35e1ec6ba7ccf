// `npm run demo`: sets up what is missing, then starts the console and all that it needs. With
// `-- --auth=session` the console has a session of its own in place of a provider's tokens.
import { spawn } from 'node:child_process'
import { ensureDependencies, root, runAsCommand } from '../test/ensure.mjs'

await runAsCommand(async () => {
  await ensureDependencies()
  const servers = spawn(
    process.execPath,
    ['--import', 'tsx', 'demo/serve.ts', ...process.argv.slice(2)],
    {
      cwd: root,
      stdio: 'inherit',
    },
  )
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => servers.kill(signal))
  servers.on('exit', (code) => {
    process.exitCode = code ?? 0
  })
})
