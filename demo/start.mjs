// `npm run demo`: sets up what is missing, then starts the console, its provider and its API.
import { spawn } from 'node:child_process'
import { ensureDependencies, root, runAsCommand } from '../test/ensure.mjs'

await runAsCommand(async () => {
  await ensureDependencies()
  const servers = spawn(process.execPath, ['--import', 'tsx', 'demo/serve.ts'], {
    cwd: root,
    stdio: 'inherit',
  })
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => servers.kill(signal))
  servers.on('exit', (code) => {
    process.exitCode = code ?? 0
  })
})
